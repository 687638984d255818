# Sourced by the scripts beside it, which have set root, out and release: Maven, mostly without the network, which is faster.
maven()
{
    (cd "$root/bindings/java" && nice mvn -B -Dgemlive.output="$out" -Dgemlive.programs="$release" "$@")
}

# All that the goals of these scripts ask for, by goals that compile nothing and test nothing: so it can be tried again. Maven itself
# would wait half an hour for a connection that says nothing more.
fetch_for_maven()
{
    (cd "$root/bindings/java" && RETRY_DEADLINE_S=280 "$root/scripts/retry.sh" nice mvn -B -q -Dmaven.wagon.rto=30000 \
        -Daether.connector.requestTimeout=30000 -Dmaven.main.skip=true -Dmaven.test.skip=true -Dgemlive.output="$out/fetch" \
        package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$out/fetch/libs")
}

# maven_offline LOG GOAL...: what the local repository lacks is fetched when Maven says that it lacks something.
maven_offline()
{
    maven_log=$1
    shift
    maven -o "$@" >"$maven_log" 2>&1 && return
    maven_code=$?
    grep -q '^\[[A-Z]*\].* in offline mode and the artifact ' "$maven_log" || return "$maven_code"
    fetch_for_maven >"$maven_log" 2>&1 || return
    maven -o "$@" >"$maven_log" 2>&1
}
