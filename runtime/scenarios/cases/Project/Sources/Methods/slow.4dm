//%attributes = {"publishedWeb":true}
#DECLARE($seconds : Text)

// Takes its time

vCount:=vCount+1
DELAY PROCESS(Current process;60*Num($seconds))
WEB SEND TEXT("slow "+String(vCount))
