namespace NetGen.Generators.Emission;

/// <summary>A file to add to the user's compilation.</summary>
internal sealed record GeneratedFile(string HintName, string Text);
