#DECLARE($url : Text;$content : Text;$ipBrowser : Text;$ipServer : Text;$user : Text;$password : Text)->$accepted : Boolean

// Nobody gets the secret

$accepted:=($url#"/4DACTION/secret@")
