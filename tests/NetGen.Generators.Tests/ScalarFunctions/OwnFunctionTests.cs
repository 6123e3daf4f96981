using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>
/// NetGen's own activations and losses are functions in the language: the generator carries what it reads in <c>generators/Functions</c>. With
/// <c>NETGEN_ACCEPT_SNAPSHOTS=1</c> that is written anew.
/// </summary>
public class OwnFunctionTests
{
    private static readonly string[] s_files = ["Activations", "Losses"];

    [Fact]
    public void The_forms_that_the_generator_carries_are_what_it_reads_in_the_functions()
    {
        GeneratorRun run = GeneratorHarness.Run([.. s_files.Select(file => File.ReadAllText(Path.Combine(Folder(), file + ".cs")))]);
        Assert.Empty(run.AllDiagnostics);
        string forms = Text(run.Compilation);
        string path = Path.Combine(Folder(), "Forms.txt");
        if (Environment.GetEnvironmentVariable("NETGEN_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(path, forms);
        Assert.Equal(File.ReadAllText(path), forms);
    }

    // The form of each function, which its generated members carry for other projects.
    private static string Text(Compilation compilation)
    {
        var text = new StringBuilder();
        foreach (INamedTypeSymbol type in s_files.Select(file => compilation.GetTypeByMetadataName($"NetGen.Functions.{file}")!))
        {
            foreach (IMethodSymbol function in type.GetMembers().OfType<IMethodSymbol>().Where(FunctionSignature.IsMarked))
                text.Append($"{type.Name}.{function.Name}: {FormText.Write(FormText.Of(function)!)}\n");
        }

        return text.ToString();
    }

    private static string Folder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../generators/Functions"));
}
