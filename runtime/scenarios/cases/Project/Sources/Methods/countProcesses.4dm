#DECLARE($id : Text)->$count : Integer

// How many web processes a session has

$count:=_O_WEB Get session process count($id)
