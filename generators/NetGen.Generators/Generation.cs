using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generators.Declarations;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Differentiation;
using NetGen.Generators.Emission.Members;
using NetGen.Generators.Emission;
using NetGen.Generators.Emission.ScalarFunctions;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;
using NetGen.Generators.Planning;
using NetGen.Generators.Plans;

namespace NetGen.Generators;

/// <summary>What becomes of a class or function behind the first room.</summary>
internal delegate GenerationResult Generate<in TDeclaration>(TDeclaration declaration, CancellationToken cancellation)
    where TDeclaration : class, IDeclaration;

/// <summary>
/// The road through the rooms: Read, Build, Differentiate, Plan, Emit. Symbols and syntax end in the first; behind it there are records
/// in, records out, and text at the end.
/// </summary>
internal static class Generation
{
    /// <summary>Read: the declaration of a network or a block, and what is wrong with its class.</summary>
    public static Reading<NetworkDeclaration> Read(GeneratorAttributeSyntaxContext context, string attribute, CancellationToken cancellation) =>
        DeclarationReader.Read(context, attribute, cancellation);

    /// <summary>A network's files, or what is wrong with its layers.</summary>
    public static GenerationResult OfNetwork(NetworkDeclaration declaration, CancellationToken cancellation)
    {
#if DEBUG
        return Along(declaration, isUnderLaw: true, cancellation);
#else
        return Along(declaration, isUnderLaw: false, cancellation);
#endif
    }

    /// <summary>The same, as tests have it: what each room makes is held against its law.</summary>
    public static GenerationResult OfNetworkUnderLaw(NetworkDeclaration declaration, CancellationToken cancellation) =>
        Along(declaration, isUnderLaw: true, cancellation);

    // Build, Differentiate, Plan, Emit.
    private static GenerationResult Along(NetworkDeclaration declaration, bool isUnderLaw, CancellationToken cancellation)
    {
        (NetworkGraph? built, IReadOnlyList<Mistake> mistakes) = GraphBuilder.Build(declaration);
        if (built is null || !declaration.IsSound)
            return new GenerationResult(declaration.FileName, default, mistakes.ToEquatableArray());
        Obey(() => GraphLaw.Violations(built));
        NetworkGraph graph = Rewritings.Apply(built);
        Obey(() => GraphLaw.Violations(graph));
        cancellation.ThrowIfCancellationRequested();

        TrainingGraph? training = graph.IsTrainable ? Differentiator.Differentiate(graph) : null;
        Obey(() => training is null ? [] : GradientLaw.Violations(graph, training));
        cancellation.ThrowIfCancellationRequested();

        NetworkPlan plan = NetworkPlanner.Plan(graph, training);
        Obey(() => PlanLaw.Violations(plan));
        cancellation.ThrowIfCancellationRequested();

        return new GenerationResult(
            declaration.FileName, NetworkEmitter.Emit(declaration, plan).ToEquatableArray(), mistakes.ToEquatableArray());

        void Obey(Func<IEnumerable<string>> violations)
        {
            if (isUnderLaw && violations().FirstOrDefault() is { } violation)
                throw new InvalidOperationException(violation);
        }
    }

    /// <summary>
    /// A block by itself: what is wrong with it, and a view of the parameters of one of its uses; none where it is a chain, whose layers
    /// have no names. Its layers are built as parts of the networks that use it.
    /// </summary>
    public static GenerationResult OfBlock(NetworkDeclaration block, CancellationToken cancellation)
    {
        IReadOnlyList<Mistake> mistakes = BodyRules.CheckBlock(block);
        bool hasView = block.IsSound && block.Points.Count > 0 && !mistakes.Any(mistake => mistake.IsError);
        return new GenerationResult(
            block.FileName, hasView ? new[] { BlockPart.Write(block) }.ToEquatableArray() : default, mistakes.ToEquatableArray());
    }

    /// <summary>A function's file, or that it is too large.</summary>
    public static GenerationResult OfFunction(FunctionDeclaration function, CancellationToken cancellation)
    {
        try
        {
            var text = new FunctionText(function);
            return text.TooMuch is { } what
                ? TooLarge(what)
                : new GenerationResult(function.FileName, new[] { FunctionFile.Write(function, text, cancellation) }.ToEquatableArray(), default);
        }
        catch (InsufficientExecutionStackException)
        {
            return TooLarge("derivatives nested too deep");
        }

        GenerationResult TooLarge(string what) => new(
            function.FileName, default, new[] { new Mistake(DiagnosticDescriptors.FunctionTooLarge, default, what) }.ToEquatableArray());
    }

    /// <summary>The same in any culture, and with a defect of the generator as a mistake like others.</summary>
    public static GenerationResult Run<TDeclaration>(Generate<TDeclaration> generate, TDeclaration declaration, CancellationToken cancellation)
        where TDeclaration : class, IDeclaration
    {
        try
        {
            return Invariantly(() => generate(declaration, cancellation));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Mistake error = Mistake.InternalError(declaration.Name, exception);
            return new GenerationResult(declaration.FileName, default, new[] { error }.ToEquatableArray());
        }
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
