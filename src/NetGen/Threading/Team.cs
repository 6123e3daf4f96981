namespace NetGen;

internal sealed class Team
{
    internal void Barrier() { }
}
