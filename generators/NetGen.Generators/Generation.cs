using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Differentiation;
using NetGen.Generators.Emission;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;
using NetGen.Generators.Planning;
using NetGen.Generators.Plans;

namespace NetGen.Generators;

/// <summary>A defect of the generator that left a network without files.</summary>
/// <param name="FileName">The network, by the name of its files, which no other has.</param>
/// <param name="Exception">The exception's type.</param>
/// <param name="Message">Its message.</param>
internal sealed record GenerationFailure(string FileName, string Exception, string Message);

/// <summary>What became of one network: its files, or the defect that prevented them.</summary>
internal sealed record GenerationResult(EquatableArray<GeneratedFile> Files, GenerationFailure? Failure)
{
    // Without a byte order mark, which files on disk (EmitCompilerGeneratedFiles) would begin with.
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public void AddTo(SourceProductionContext output)
    {
        foreach (GeneratedFile file in Files)
            output.AddSource(file.HintName, SourceText.From(file.Text, s_utf8));
    }
}

/// <summary>Makes a network's files.</summary>
internal delegate EquatableArray<GeneratedFile> FileMaker(NetworkDeclaration declaration, CancellationToken cancellation);

/// <summary>The rooms behind the first, one after the other: records in, text out, nothing of the compiler between.</summary>
internal static class Generation
{
    /// <summary>Generates a network's files, or tells what went wrong; <see cref="Mistakes"/> reports it, who knows the places.</summary>
    public static GenerationResult Run(FileMaker makeFiles, NetworkDeclaration declaration, CancellationToken cancellation)
    {
        try
        {
            return new GenerationResult(Invariantly(() => makeFiles(declaration, cancellation)), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new GenerationResult(default, new GenerationFailure(declaration.FileName, exception.GetType().Name, exception.Message));
        }
    }

    /// <summary>Generates a block's view of the parameters of one of its uses; nothing where it is a chain, whose layers have no names.</summary>
    public static GenerationResult RunBlock(NetworkDeclaration block) => block.Points.Count == 0 || BodyRules.CheckBlock(block).Any(mistake => mistake.IsError)
        ? new GenerationResult(default, null)
        : new GenerationResult(new[] { BlockPart.Write(block) }.ToEquatableArray(), null);

    /// <summary>The mistakes in a class and, where there are no errors yet, those in its chain of layers.</summary>
    /// <param name="reading">What was read of the class.</param>
    /// <param name="failures">The networks that no files could be made of.</param>
    /// <param name="cancellation">Stops the work when the editor has moved on.</param>
    public static IEnumerable<NetworkDiagnostic> Mistakes(
        Reading reading, EquatableArray<GenerationFailure> failures, CancellationToken cancellation)
    {
        if (reading.Declaration is null)
            return reading.Mistakes;
        try
        {
            return
            [
                .. reading.Mistakes,
                .. reading.Declaration.IsBlock ? BodyRules.CheckBlock(reading.Declaration) : GraphBuilder.Build(reading.Declaration).Diagnostics,
                .. failures.Where(failure => failure.FileName == reading.Declaration.FileName).Select(InternalError),
            ];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Run builds the same graph and fails in the same way; here it is reported once.
            return [.. reading.Mistakes, NetworkDiagnostic.InternalError(
                reading.Declaration.Name, reading.Declaration.Place, exception.GetType().Name, exception.Message)];
        }

        NetworkDiagnostic InternalError(GenerationFailure failure) => NetworkDiagnostic.InternalError(
            reading.Declaration.Name, reading.Declaration.Place, failure.Exception, failure.Message);
    }

    /// <summary>The files of a network; none where the graph has mistakes.</summary>
    public static EquatableArray<GeneratedFile> Files(NetworkDeclaration declaration, CancellationToken cancellation)
    {
        NetworkGraph? graph = GraphBuilder.Build(declaration).Graph;
        cancellation.ThrowIfCancellationRequested();
        if (graph is null)
            return default;

        GraphLaw.Check(graph);
        graph = Rewritings.Apply(graph);
        TrainingGraph? training = graph.IsTrainable ? Differentiator.Differentiate(graph) : null;
        cancellation.ThrowIfCancellationRequested();

        NetworkPlan plan = NetworkPlanner.Plan(graph, training);
        cancellation.ThrowIfCancellationRequested();
        return NetworkEmitter.Emit(declaration, plan).ToEquatableArray();
    }

    // Interpolated numbers follow the thread's culture (Swedish has a minus sign of its own), and generated text must not.
    private static T Invariantly<T>(Func<T> generate)
    {
        Thread thread = Thread.CurrentThread;
        CultureInfo culture = thread.CurrentCulture;
        thread.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return generate();
        }
        finally
        {
            thread.CurrentCulture = culture;
        }
    }
}
