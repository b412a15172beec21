//%attributes = {"publishedWeb":true}
// A basket that outlives its process: its session ID is in the cookie that the browser still sends

var $header;$old : Text
ARRAY TEXT($names;0)
ARRAY TEXT($values;0)
var $at : Integer

If (vSession#WEB Get current session ID)
	vSession:=WEB Get current session ID
	WEB GET HTTP HEADER($names;$values)
	$at:=Find in array($names;"Cookie")
	If ($at>0)
		$old:=Substring($values{$at};Position("=";$values{$at})+1)
		READ WRITE([Saved])
		QUERY([Saved];[Saved]Session=$old)
		vNote:=[Saved]Note
		UNLOAD RECORD([Saved])
	End if
End if
WEB SEND TEXT("basket: "+vNote+" in "+vSession)
