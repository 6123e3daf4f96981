using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;
using NetGen.Generators.Tests.Snapshots;

namespace NetGen.Generators.Tests.Limits;

/// <summary>What the table at the top of a network's programs says of its buffers is what the programs do.</summary>
public sealed partial class BufferTableTests
{
    [Theory]
    [InlineData(GeneratedFilesTests.Dropped)]
    [InlineData(GeneratedFilesTests.Digits)]
    [InlineData(GeneratedFilesTests.Grouped)]
    [InlineData(GeneratedFilesTests.Normalised)]
    [InlineData(GeneratedFilesTests.Branched)]
    public void A_buffer_lies_where_the_table_says_and_is_written_by_those_it_names(string source)
    {
        string text = GeneratorHarness.Run(source).Files.Single(file => file.Key.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)).Value;
        int compared = 0;
        foreach (Match table in Table().Matches(text))
        {
            string program = Body(text, table.Groups["program"].Value switch { "prepare" => "Prepare", "predict" => "Infer", _ => "Backpropagate" });
            foreach (Match row in Row().Matches(table.Groups["rows"].Value))
            {
                string name = row.Groups["name"].Value;
                if (name != row.Groups["start"].Value)
                    Assert.Matches($@"\b{name} = {Declared(row)}[,;)]", program);
                foreach (string method in row.Groups["writers"].Value.Split(", "))
                {
                    if (method != "the program")
                        Assert.Matches($@"{Regex.Escape(method)}(One|\.Run)?\([^;]*ref (Unsafe\.Add\(ref )?{name}\w*\b", program);
                    compared++;
                }
            }
        }

        Assert.True(compared > 5, $"Only {compared} rows were found.");
    }

    // A reference stands where the buffer's memory begins, or behind the room that is left before what it holds.
    private static string Declared(Match row)
    {
        string start = row.Groups["start"].Value, offset = row.Groups["offset"].Value;
        return offset.Length == 0
            ? $@"ref (Unsafe\.Add\(ref {start}, \d+\)|{start})"
            : $@"ref Unsafe\.Add\(ref {start}, {(start == "samples" ? @"capacity \* " : "")}{offset}( \+ \d+)?\)";
    }

    private static string Body(string text, string method)
    {
        int start = text.IndexOf($" static void {method}(", StringComparison.Ordinal);
        return text[start..text.IndexOf("\n    }\n", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^// to (?<program>\w+) [^\n]*\n(?<rows>(// (?!to |method )[^\n]*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^// (?<name>\w+) +[\d×]+ +(?<start>\w+)( \+ (?<offset>\d+))?( ×\d+)?  +(?<writers>[^ ,\n]+(,? [^ ,\n]+)*)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
