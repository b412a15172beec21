//%attributes = {"publishedWeb":true}
// Counts in a process variable

vCount:=vCount+1
WEB SEND TEXT("request "+String(vCount)+" in process "+String(Current process)+" of "+WEB Get current session ID)
