namespace NetGen.Generators.Emission;

/// <summary>Breaks statements and formulas that are longer than a line where somebody who writes them by hand would.</summary>
internal static class LongText
{
    private const string Indentation = "    ";

    // What a line may begin with, and what it may end with.
    private static readonly string[] s_beginnings = [" ? ", " : ", " + ", " - ", " * ", " / "], s_ends = [", ", " = ", " => "];

    /// <summary>The lines, the second and further ones indented.</summary>
    /// <param name="text">The statement, without strings.</param>
    /// <param name="room">How long a line may be; a name or number that is longer is not broken.</param>
    public static IEnumerable<string> Lines(string text, int room)
    {
        string indentation = "";
        while (indentation.Length + text.Length > room && Place(text, room - indentation.Length) is { } place)
        {
            yield return indentation + text.Substring(0, place).TrimEnd();
            text = text.Substring(place).TrimStart();
            indentation = Indentation;
        }

        yield return indentation + text;
    }

    /// <summary>The last place within the room that is in as few parentheses as any; null where there is none.</summary>
    private static int? Place(string text, int room)
    {
        (int? best, int least, int depth) = (null, int.MaxValue, 0);
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' ? 1 : text[i] is ')' or ']' ? -1 : 0;
            if (text[i] != ' ' && text[i] != ',')
                continue;
            int place = s_beginnings.Any(word => At(i, word)) ? i : s_ends.FirstOrDefault(word => At(i, word)) is { } end ? i + end.Length : 0;
            if (place == 0 || place > room + 1 && best is not null)
                continue;
            // Terms stay whole before factors do, and what is declared stays with its value unless that would be taken apart.
            int rank = 10 * depth + (At(i, " = ") ? 5 : At(i, " * ") || At(i, " / ") ? 1 : 0);
            if (rank <= least || place > room + 1)
                (best, least) = (place, rank);
            if (place > room + 1)
                break;
        }

        return best;

        bool At(int start, string word) => string.CompareOrdinal(text, start, word, 0, word.Length) == 0;
    }
}
