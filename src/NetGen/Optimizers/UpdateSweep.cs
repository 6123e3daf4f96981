using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>Applies a rule to a stretch of the parameter block: the one loop that all optimizers share.</summary>
internal unsafe struct UpdateSweep : IRuleKernel
{
    public required float* Weights;
    public required float* Gradient;
    public required float* First;
    public required float* Second;
    public required float* Third;
    public required UpdateTerms Terms;
    public required nuint From;
    public required nuint To;

    public readonly void Run<TRule>(TRule rule) where TRule : struct, IUpdateRule
    {
        nuint done;
        if (Vector512.IsHardwareAccelerated)
            done = Sweep<TRule, F32x16>(ref rule, Terms, From);
        else if (Vector256.IsHardwareAccelerated)
            done = Sweep<TRule, F32x8>(ref rule, Terms, From);
        else
            done = Sweep<TRule, F32x4>(ref rule, Terms, From);

        // Ranges of a parameter block are whole vectors; a caller's own need not be.
        Sweep<TRule, F32x1>(ref rule, Terms, done);
    }

    // By reference, so that the constants stay in memory: instructions broadcast from there for nothing, whereas the JIT
    // would broadcast from scalar registers anew for every vector, at half a cycle each.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly nuint Sweep<TRule, T>(ref TRule rule, in UpdateTerms terms, nuint from)
        where TRule : struct, IUpdateRule
        where T : struct, IVector<T>
    {
        float* weights = Weights, gradient = Gradient, first = First, second = Second, third = Third;
        nuint to = To, i = from;
        for (; i + (nuint)T.Count <= to; i += (nuint)T.Count)
        {
            T a = default, b = default, c = default;
            if (TRule.StateCount > 0)
                a = T.Load(in *first, i);
            if (TRule.StateCount > 1)
                b = T.Load(in *second, i);
            if (TRule.StateCount > 2)
                c = T.Load(in *third, i);

            var weight = T.Load(in *weights, i);
            var scaled = terms.Apply(ref weight, T.Load(in *gradient, i));
            T.Store(rule.Update(weight, scaled, ref a, ref b, ref c), ref *weights, i);

            if (TRule.StateCount > 0)
                T.Store(a, ref *first, i);
            if (TRule.StateCount > 1)
                T.Store(b, ref *second, i);
            if (TRule.StateCount > 2)
                T.Store(c, ref *third, i);
        }

        return i;
    }
}
