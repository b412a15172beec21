//%attributes = {"publishedWeb":true}
#DECLARE($to : Text)

// Sends the browser wherever it asks

var $url : Text
$url:="/"+$to
WEB SEND HTTP REDIRECT($url)
