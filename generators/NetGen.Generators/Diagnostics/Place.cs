namespace NetGen.Generators.Diagnostics;

/// <summary>
/// A place in a declaration, by its number among those of its class: declarations say by it where their parts stand, and are the same
/// wherever that is. The class's name is the first.
/// </summary>
internal readonly record struct Place(int Number);
