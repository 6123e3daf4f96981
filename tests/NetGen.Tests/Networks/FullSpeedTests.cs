using System.Reflection;
using System.Reflection.Emit;

namespace NetGen.Tests.Networks;

/// <summary>
/// What generated code calls with memory to go through is compiled as its kernels are: at once and with all optimisations. A stream's first steps,
/// and a program that predicts once, would else run what tiered compilation makes first.
/// </summary>
public class FullSpeedTests
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    public static TheoryData<string> Loops => [.. LoopsOverMemory().Select(NameOf)];

    [Theory]
    [MemberData(nameof(Loops))]
    public void A_loop_over_memory_is_compiled_once(string name)
    {
        MethodImplAttributes how = LoopsOverMemory().First(method => NameOf(method) == name).GetMethodImplementationFlags();
        Assert.True((how & (MethodImplAttributes.AggressiveOptimization | MethodImplAttributes.AggressiveInlining)) != 0, $"{name} is tiered.");
    }

    [Fact]
    public void Loops_are_found()
    {
        string[] names = [.. LoopsOverMemory().Select(NameOf)];
        Assert.Contains(names, name => name.StartsWith("PastWindows.Max(", StringComparison.Ordinal));
        Assert.Contains(names, name => name.StartsWith("Embeddings.Scatter(", StringComparison.Ordinal));
        Assert.DoesNotContain(names, name => name.StartsWith("RaggedEnd.Keep", StringComparison.Ordinal));
    }

    private static IEnumerable<MethodInfo> LoopsOverMemory() => typeof(PastWindows).Assembly.GetTypes()
        .Where(type => type is { IsPublic: true, Namespace: "NetGen.CompilerServices" })
        .SelectMany(type => type.GetMethods(All))
        .Where(method => method.GetParameters().Any(TakesFloats) && !IsOfNetwork(method) && HasLoop(method));

    // Callers' own calls: they go through samples or blocks of them, and hand each to generated code.
    private static bool IsOfNetwork(MethodInfo method) => method.GetGenericArguments().Any(argument => argument.Name == "TNetwork");

    private static bool TakesFloats(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(float).MakeByRefType() || parameter.ParameterType == typeof(Span<float>);

    private static string NameOf(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})";

    private static bool HasLoop(MethodInfo method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at < il.Length;)
        {
            int code = il[at++];
            OpCode operation = s_opCodes[code == 0xFE ? code << 8 | il[at++] : code];
            switch (operation.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget when (sbyte)il[at] < 0:
                case OperandType.InlineBrTarget when BitConverter.ToInt32(il, at) < 0:
                    return true;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at++;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(il, at));
                    break;
                default:
                    at += 4;
                    break;
            }
        }

        return false;
    }
}
