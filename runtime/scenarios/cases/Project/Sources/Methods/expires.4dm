//%attributes = {"publishedWeb":true}
// When the cookie of this session expires

var $date : Date
var $time : Time

WEB LEGACY GET SESSION EXPIRATION(WEB Get current session ID;$date;$time)
WEB SEND TEXT(String($date;ISO date;$time))
