namespace NetGen.CompilerServices;

/// <summary>Work that every worker of a <see cref="Team"/> runs at the same time, each on its own share.</summary>
internal interface ITeamJob
{
    /// <summary>Does this worker's share.</summary>
    /// <param name="worker">The calling worker.</param>
    void Run(Worker worker);
}
