namespace NetGen.CompilerServices;

/// <summary>
/// The process's team for work that nobody made a team for, such as batch predictions. Whoever finds it busy works alone.
/// </summary>
internal static class SharedTeam
{
    private static readonly Lock s_growth = new();
    private static Team s_team = new();

    /// <summary>The team, grown to at least this many workers.</summary>
    /// <param name="workers">The number of workers wanted.</param>
    internal static Team OfAtLeast(int workers)
    {
        Team team = Volatile.Read(ref s_team);
        return team.Size >= workers ? team : Grow(workers);
    }

    private static Team Grow(int workers)
    {
        lock (s_growth)
        {
            Team team = s_team;
            if (team.Size >= workers)
                return team;
            var larger = new Team(workers);
            Volatile.Write(ref s_team, larger);
            // Its threads end when the job it may be running is done; a caller that still holds it works alone.
            team.Dispose();
            return larger;
        }
    }
}
