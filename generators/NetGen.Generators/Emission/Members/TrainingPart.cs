using NetGen.Generators.Declarations;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Members;

/// <summary>Writes the members that a trainer calls.</summary>
internal static class TrainingPart
{
    public static void Write(SourceWriter writer, NetworkDeclaration network, TrainingPlan plan)
    {
        string self = $"global::NetGen.ITrainableNetwork<{network.Name}>";
        string program = OwnNamespace.ClassOf(network);
        writer.Line($"""
            static int {self}.TrainingWorkspaceLength(int capacity) => checked({plan.Memory.FixedLength} + capacity * {plan.Memory.PerSampleLength});

            static void {self}.Backpropagate(
                global::NetGen.CompilerServices.TrainingFrame frame, global::NetGen.CompilerServices.Worker worker) =>
                {program}.Backpropagate(frame, worker);

            static void {self}.EvaluateLoss(
                global::NetGen.CompilerServices.TrainingFrame frame, ref readonly float outputs, ref float scratch) =>
                {program}.EvaluateLoss(frame, in outputs, ref scratch);
            """);
    }
}
