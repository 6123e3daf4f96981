using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>A defect of the generator is reported at the class that met it, wherever in the file that is by now.</summary>
public class InternalErrorTests
{
    private const string Networks =
        """
        [Network, Input(4), Dense(2)] public partial class Good;
        [Network, Input(4), Dense(3)] public partial class {|NG0000:Bad|};
        """;

    private const string Message =
        "No code could be generated for 'Bad' because of an error in NetGen itself; please report it with the class's declaration: "
        + "InvalidOperationException: There is no such tile.";

    [Fact]
    public void NG0000_stands_at_the_class_and_moves_with_it()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Markup.Strip(Networks));
        GeneratorRun first = GeneratorHarness.Run(compilation, GeneratorHarness.Driver(compilation, FailingOn("Bad")));
        Markup.Verify([Networks], [Message], first.Diagnostics);
        Assert.All(first.Files.Keys, file => Assert.StartsWith("Good.", file));

        string moved = "\n\n" + Networks;
        Markup.Verify([moved], [Message], GeneratorHarness.Run(compilation.WithFile(0, Markup.Strip(moved)), first.Driver).Diagnostics);
    }

    private static NetworkGenerator FailingOn(string name) => new((declaration, cancellation) => declaration.Name == name
        ? throw new InvalidOperationException("There is no such tile.")
        : Generation.OfNetwork(declaration, cancellation));
}
