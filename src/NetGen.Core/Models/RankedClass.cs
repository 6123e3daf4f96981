namespace NetGen;

/// <summary>A class and how probable it is.</summary>
/// <param name="Class">The class's id.</param>
/// <param name="Name">Its name; null if classes have none.</param>
/// <param name="Probability">Its probability.</param>
public readonly record struct RankedClass(int Class, string? Name, float Probability);
