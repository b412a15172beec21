//%attributes = {"invisible":true}

#DECLARE($articleID : Integer)->$held : Boolean

// Makes an article the current record of this session's process, read-write, and leaves it there:
// it stays locked for everybody else until the session asks for another article, or ends.
// A process has one current record a table, so a customer holds one article at a time: the last one.

READ ONLY:C145([Article:2])
QUERY:C277([Article:2]; [Article:2]ID:1=$articleID)

READ WRITE:C146([Article:2])
LOAD RECORD:C52([Article:2])
$held:=Not:C34(Locked:C147([Article:2]))

If (Not:C34($held))
	REDUCE SELECTION:C351([Article:2]; 0)
End if 
