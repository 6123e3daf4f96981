using NetGen.Generators.Collections;

namespace NetGen.Generators.Graph;

/// <summary>Where a layer stands, under the names that PyTorch's modules would have there.</summary>
/// <param name="Path">Its place by the names of points and the numbers of layers: <c>Stem.0</c>.</param>
/// <param name="FilePath">The place that its parameters have in weight files, which <c>Name</c> may say otherwise.</param>
internal sealed record LayerPath(string Path, string FilePath)
{
    /// <summary>Whether it has the parameters of another layer, at whose place they are in weight files.</summary>
    public bool IsShared { get; init; }

    /// <summary>The path of what a block or a point holds.</summary>
    public LayerPath Inner(string name) => this with { Path = Join(Path, name), FilePath = Join(FilePath, name) };

    /// <summary>The path as a part of an identifier: <c>Stem0</c>, <c>Stem0_1</c>.</summary>
    public string Identifier
    {
        get
        {
            string result = "";
            foreach (string part in Path.Split('.').Where(part => part.Length > 0))
            {
                bool isNumber = char.IsDigit(part[0]);
                bool needsSeparator = isNumber && result.Length > 0 && char.IsDigit(result[result.Length - 1]);
                result += (needsSeparator ? "_" : "") + part.Capitalised();
            }

            return string.Concat(result.Select(character => char.IsLetterOrDigit(character) ? character : '_'));
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
