#DECLARE($id : Text)->$expires : Text

var $date : Date
var $time : Time

WEB LEGACY GET SESSION EXPIRATION($id;$date;$time)
$expires:=String($date;ISO date;$time)
