using System.Globalization;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Snapshots;

/// <summary>Generated text depends on the declaration and on nothing else.</summary>
public class StabilityTests
{
    private static readonly string[] s_sources =
    [
        GeneratedFilesTests.Tiny, GeneratedFilesTests.Dropped, GeneratedFilesTests.Digits, GeneratedFilesTests.Grouped, GeneratedFilesTests.Nested,
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_expected = new(() => Generate(CultureInfo.InvariantCulture));

    [Fact]
    public void Two_runs_write_the_same_bytes() => AssertExpected(Generate(CultureInfo.InvariantCulture));

    // tr-TR changes the case of i, de-DE the decimal point, fa-IR and sv-SE the minus sign, ar-SA the calendar and digits.
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    [InlineData("ar-SA")]
    public void Every_culture_writes_the_same_bytes(string culture) => AssertExpected(Generate(CultureInfo.GetCultureInfo(culture)));

    [Fact]
    public void Every_file_is_plain_text_with_unix_lines()
    {
        Assert.NotEmpty(s_expected.Value);
        foreach ((string name, string text) in s_expected.Value)
        {
            Assert.False(text.StartsWith('\uFEFF'), $"{name} starts with a byte order mark.");
            Assert.False(text.Contains('\r') || text.Contains('\t'), $"{name} has carriage returns or tabs.");
            Assert.True(text.EndsWith("}\n", StringComparison.Ordinal), $"{name} does not end with one line end.");
            string[] lines = text.Split('\n');
            for (int line = 0; line < lines.Length; line++)
            {
                Assert.False(lines[line].EndsWith(' '), $"{name}, line {line + 1}: trailing spaces.");
                Assert.False(
                    line > 0 && lines[line].Length == 0 && (lines[line - 1].Length == 0 && line < lines.Length - 1 || lines[line - 1].TrimStart() == "{"),
                    $"{name}, line {line + 1}: a superfluous empty line.");
            }
        }
    }

    [Fact]
    public void A_file_that_the_compiler_writes_to_the_disk_has_no_byte_order_mark() => Assert.All(
        GeneratorHarness.Run(s_sources).Result.GeneratedSources,
        file => Assert.Empty(Assert.IsAssignableFrom<System.Text.Encoding>(file.SourceText.Encoding).GetPreamble()));

    private static void AssertExpected(IReadOnlyDictionary<string, string> found)
    {
        Assert.Equal(s_expected.Value.Keys, found.Keys);
        foreach ((string name, string text) in s_expected.Value)
            Assert.Equal(text, found[name]);
    }

    private static IReadOnlyDictionary<string, string> Generate(CultureInfo culture)
    {
        // A thread of its own, because the driver may use the pool and the tests beside this one run on it.
        IReadOnlyDictionary<string, string>? files = null;
        var thread = new Thread(() => files = GeneratorHarness.Run(s_sources).Files) { CurrentCulture = culture, CurrentUICulture = culture };
        thread.Start();
        thread.Join();
        Assert.NotNull(files);
        return files;
    }
}
