//%attributes = {"publishedWeb":true}
#DECLARE($text : Text)

// Puts a text into the storage of the session; waits between reading and writing

var $before : Text

vNote:=$text
If (Session.storage.texts=Null)
	Use (Session.storage)
		Session.storage.texts:=New shared collection
	End use 
End if
DELAY PROCESS(Current process;60)
Use (Session.storage.texts)
	Session.storage.texts.push($text)
End use 
WEB SEND TEXT(Session.storage.texts.join(",")+" in "+String(Current process))
