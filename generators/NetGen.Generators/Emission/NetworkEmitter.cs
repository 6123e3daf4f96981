using NetGen.Generators.Declarations;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>Writes a planned network as the files a person would open: parameters, inference, training, kernels.</summary>
internal static class NetworkEmitter
{
    private static readonly string[] s_references = ["System.Runtime.CompilerServices"];
    private static readonly string[] s_vectors = [.. s_references, "System.Runtime.Intrinsics", "System.Runtime.Intrinsics.X86"];

    public static IEnumerable<GeneratedFile> Emit(NetworkDeclaration network, NetworkPlan plan)
    {
        var methods = new MethodLibrary();
        string contract = plan.Training is null ? "INetwork" : "ITrainableNetwork";
        yield return NetworkFile.Write(
            network, "Parameters", [], $"partial class {network.Name} : global::NetGen.{contract}<{network.Name}>",
            writer => ParametersPart.Write(writer, network, plan), SummaryText.Of(plan));
        yield return NetworkFile.Write(
            network, "Inference", s_references, $"partial class {network.Name}", writer => InferencePart.Write(writer, network, plan, methods));
        if (plan.Training is { } training)
        {
            yield return NetworkFile.Write(
                network, "Training", s_references, $"partial class {network.Name}", writer => TrainingPart.Write(writer, network, training, methods));
        }

        yield return NetworkFile.Write(network, "Kernels", s_vectors, $"partial class {network.Name}", writer =>
        {
            writer.Line("/// <summary>The loops: each method once per instruction set, and one in front that picks.</summary>");
            using (writer.Open("private static class Kernels"))
            {
                foreach (string method in methods.Methods)
                {
                    if (method != methods.Methods[0])
                        writer.Line();
                    writer.Line(method.TrimEnd());
                }
            }
        });
    }
}
