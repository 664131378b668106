# daemons.sh STATE HOST IMAP-PORT IMAPS-PORT: Courier's three programs, in its view of the file system, until one ends.
set -euo pipefail
state=$1 host=$2
trap 'kill $(jobs -p) 2>/dev/null' EXIT
trap exit TERM
/usr/sbin/makeuserdb
for user in alice bob; do
  [[ -d $state/mail/$user/Maildir ]] || maildirmake.courier "$state/mail/$user/Maildir"
done

set -a
. /etc/courier/authdaemonrc
IMAP_CAPABILITY="IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE"
IMAP_CAPABILITY_TLS="$IMAP_CAPABILITY AUTH=PLAIN"
IMAP_KEYWORDS=1
IMAP_ACL=1
IMAP_SHAREDINDEXFILE=/etc/courier/shared/index
# IDLE polls; a minute is the default.
IMAP_IDLE_TIMEOUT=1
IMAP_MAILBOX_SANITY_CHECK=1
IMAP_USELOCKS=1
IMAP_STARTTLS=YES
IMAP_TLS_REQUIRED=1
COURIERTLS=/usr/bin/couriertls
TLS_CERTFILE=$state/tls/both.pem
TLS_VERIFYPEER=NONE
set +a

login=/usr/lib/courier/courier/imaplogin
listen=(/usr/sbin/couriertcpd "-address=$host" -maxprocs=200 -maxperip=200 -nodnslookup -noidentlookup)
/usr/lib/courier/courier-authlib/authdaemond </dev/null &
"${listen[@]}" "$3" "$login" /usr/bin/imapd Maildir </dev/null &
IMAP_TLS=1 IMAP_STARTTLS=NO "${listen[@]}" "$4" "$COURIERTLS" -server -tcpd "$login" /usr/bin/imapd Maildir </dev/null &
wait -n
