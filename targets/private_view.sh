# private_view.sh ROOT STATE COMMAND...: runs COMMAND where the packages unpacked in ROOT look installed: over /usr and
# /etc lie those of ROOT, over that STATE/etc, in a mount namespace that nobody else sees. Folders of STATE/etc and
# STATE/run are those of /etc and /run, and can be written. COMMAND does not run as root: it has no more rights than the caller, and none where root called.
#
# Started inside the namespace, which is made by
#   root: unshare --mount    anybody else: unshare --user --map-root-user --mount
set -euo pipefail
root=$1 state=$2
shift 2
mount --make-rprivate / 2>/dev/null || true
mount -t overlay overlay -o "lowerdir=$root/usr:/usr" /usr
mount -t overlay overlay -o "lowerdir=$state/etc:$root/etc:/etc" /etc
mount -t overlay overlay -o "lowerdir=$state/run:/run" /run
for folder in "$state"/{etc,run}/*/; do
  [[ ! -d $folder ]] || mount --bind "$folder" "/${folder#"$state"/}"
done
cd "$state"
if [[ $VIEW_OF == root ]]; then
  exec setpriv --reuid="$VIEW_UID" --regid="$VIEW_GID" --clear-groups -- "$@"
fi
exec unshare --user --map-user="$VIEW_UID" --map-group="$VIEW_GID" -- "$@"
