using System.Reflection;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>Compiled functions, called by name on numbers in double precision, whatever their own is.</summary>
internal sealed class CompiledFunctions : IDisposable
{
    private readonly LoadedAssembly _assembly;
    private readonly Type _type;

    /// <param name="run">What has a class <c>F</c> with the functions.</param>
    public CompiledFunctions(GeneratorRun run)
    {
        _assembly = run.Load();
        _type = _assembly.Type("F");
    }

    /// <summary>The members of a class <c>F</c>.</summary>
    public static CompiledFunctions Of(string members) => new(GeneratorHarness.Run($"public static partial class F {{ {members} }}"));

    public void Dispose() => _assembly.Dispose();

    public MethodInfo Method(string name, params Type[] parameters) => _type.GetMethod(name, parameters)
        ?? throw new InvalidOperationException($"There is no {name}({string.Join(", ", parameters.Select(parameter => parameter.Name))}).");

    /// <summary>The function itself, as the user wrote it.</summary>
    public double Value(string name, params double[] at) => Call(name, at)[0];

    /// <summary>The value and the derivatives.</summary>
    public double[] Gradient(string name, params double[] at) => Call(name + "WithGradient", at);

    private double[] Call(string name, double[] at)
    {
        MethodInfo method = _type.GetMethods().Single(candidate =>
            candidate.Name == name && candidate.GetParameters().All(parameter => parameter.ParameterType.IsPrimitive));
        bool isSingle = method.GetParameters()[0].ParameterType == typeof(float);
        object result = method.Invoke(null, [.. at.Select(number => isSingle ? (float)number : (object)number)])!;
        return result is System.Runtime.CompilerServices.ITuple tuple
            ? [.. Enumerable.Range(0, tuple.Length).Select(i => Convert.ToDouble(tuple[i]))]
            : [Convert.ToDouble(result)];
    }

    public T Bind<T>(string name) where T : Delegate =>
        Method(name, [.. typeof(T).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)]).CreateDelegate<T>();
}

/// <summary>What functions over spans look like.</summary>
internal delegate T OfSpan<T>(ReadOnlySpan<T> x);

internal delegate T WithGradient<T>(ReadOnlySpan<T> x, Span<T> gradient);

internal delegate T WithHessian<T>(ReadOnlySpan<T> x, Span<T> gradient, Span<T> hessian);

internal delegate T WithProduct<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> direction, Span<T> gradient, Span<T> product);

internal delegate void Elementwise<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> values, Span<T> byX, Span<T> byY);
