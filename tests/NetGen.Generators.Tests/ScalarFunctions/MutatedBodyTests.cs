using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>An editor asks at every keystroke: whatever a body looks like, the answer is a file, diagnostics or silence.</summary>
public class MutatedBodyTests
{
    private const string Whole =
        """
        public static partial class F
        {
            const double Rate = 0.5;
            [Differentiable(Hessian = true)]
            public static double G(double x, [NotDifferentiated] double y, [Elements(3)] ReadOnlySpan<double> v)
            {
                double[] a = [x, 1, y]; Span<double> s = stackalloc double[2];
                for (int i = 0, k = 2; i < v.Length; i++, k -= 1)
                {
                    if (v[i] > Rate && !(x <= y)) a[k] += Math.Pow(v[i], 3); else s[0] -= H(x, b: v[k]) / 2;
                    foreach (double e in v) s[1] += e * i;
                }
                x = x switch { < 0 => -x, > 1 and < 2 or 7 => Math.Sqrt(x), _ => x is > 3 ? a[1] : s[0] };
                return x * Math.Sin(a[0] + a[2]) - Math.Max(s[1], double.Pi);
            }
            [Differentiable] public static double H(double a, double b) { a++; return a * (b == 0 ? 1 : -b); }
        }
        """;

    private static readonly string[] s_words = ["x", "v", "a", "(", ")", "[", "{", "return", "ref", "1", "i", "=", "=>", "double", "\"", "H(", "G(x)", "_", "default", "null", "await"];

    [Fact]
    public void The_whole_is_right() => Assert.Empty(GeneratorHarness.Run(Whole).AllDiagnostics);

    [Fact]
    public void Cut_off_at_any_position() => Survives(Enumerable.Range(0, Whole.Length).Where(i => i % 3 == 0).Select(length => Whole[..length]));

    [Fact]
    public void With_any_character_missing_or_replaced() => Survives(Enumerable.Range(0, Whole.Length).Where(i => Whole[i] != ' ').Select(i => (i % 3) switch
    {
        0 => Whole.Insert(i, Whole[i].ToString()),
        1 => Whole.Remove(i, 1).Insert(i, "9x(<[;{,"[i % 8].ToString()),
        _ => Whole.Remove(i, 1),
    }));

    [Fact]
    public void With_any_word_replaced_by_another() => Survives(Tokens().Select((token, i) =>
        Whole.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, s_words[i % s_words.Length])));

    [Fact]
    public void With_any_two_words_exchanged()
    {
        SyntaxToken[] tokens = [.. Tokens()];
        Survives(Enumerable.Range(0, tokens.Length - 1).Select(i =>
        {
            SyntaxToken a = tokens[i], b = tokens[i + 1];
            return Whole[..a.SpanStart] + b.Text + Whole[a.Span.End..b.SpanStart] + a.Text + Whole[b.Span.End..];
        }));
    }

    private static IEnumerable<SyntaxToken> Tokens() =>
        CSharpSyntaxTree.ParseText(Whole).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0);

    private static void Survives(IEnumerable<string> sources)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Whole);
        GeneratorDriver driver = GeneratorHarness.Driver(compilation);
        foreach (string source in sources)
        {
            GeneratorDriver after = driver.RunGenerators(compilation.WithFile(0, source));
            GeneratorRunResult result = after.GetRunResult().Results.Single();
            driver = after;
            Assert.True(result.Exception is null, $"{result.Exception}\n\n{source}");
            Assert.All(result.Diagnostics, diagnostic => Assert.True(
                diagnostic.Id.StartsWith("NG", StringComparison.Ordinal) && diagnostic.Id != "NG0000", $"{diagnostic}\n\n{source}"));
        }
    }
}
