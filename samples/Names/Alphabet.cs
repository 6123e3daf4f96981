using NetGen.Data;

namespace Names;

/// <summary>Names as tokens: a to z are 1 to 26, and 0 is the edge that a name begins behind and ends before.</summary>
internal static class Alphabet
{
    /// <summary>The different tokens.</summary>
    internal const int Letters = 27;

    /// <summary>The steps of the longest name: its letters, and the edge before them.</summary>
    internal const int Steps = 16;

    /// <summary>The edge of a name.</summary>
    internal const int Edge = 0;

    /// <summary>Names as samples: from the edge on each letter is to tell the next, and the last one that the name ends.</summary>
    /// <param name="names">Names of letters from a to z, shorter than <see cref="Steps"/>.</param>
    internal static Dataset Samples(IReadOnlyList<string> names)
    {
        int[] tokens = new int[names.Count * Steps], next = new int[names.Count * Steps], lengths = new int[names.Count];
        for (int n = 0; n < names.Count; n++)
        {
            lengths[n] = names[n].Length + 1;
            for (int i = 0; i < names[n].Length; i++)
                tokens[n * Steps + i + 1] = next[n * Steps + i] = names[n][i] - 'a' + 1;
        }

        return new MemoryDataset(tokens, Steps).AddLengths(lengths).AddStepTargets(next, Steps, Letters);
    }

    /// <summary>The letter of a token that is none of an edge.</summary>
    internal static char Letter(int token) => (char)('a' + token - 1);

    /// <summary>Whether a line is a name that can be learned.</summary>
    internal static bool IsName(string line) => line.Length is > 0 and < Steps && line.All(char.IsAsciiLetterLower);
}
