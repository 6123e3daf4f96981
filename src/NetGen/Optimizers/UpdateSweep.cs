using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Optimizers;

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
        if (Terms.HasAbsolutePenalty)
            Run<TRule, WithAbsolutePenalty>(rule);
        else
            Run<TRule, WithoutAbsolutePenalty>(rule);
    }

    private readonly void Run<TRule, TPenalty>(TRule rule)
        where TRule : struct, IUpdateRule
        where TPenalty : struct, IPenalty
    {
        nuint done;
        if (Vector512.IsHardwareAccelerated)
            done = Sweep<TRule, TPenalty, F32x16>(rule, Terms, From);
        else if (Vector256.IsHardwareAccelerated)
            done = Sweep<TRule, TPenalty, F32x8>(rule, Terms, From);
        else
            done = Sweep<TRule, TPenalty, F32x4>(rule, Terms, From);

        // Ranges of a parameter block are whole vectors; a caller's own need not be.
        Sweep<TRule, TPenalty, F32x1>(rule, Terms, done);
    }

    // The loop is tested at its end and its body has no branch, and the constants are locals: only then does the JIT
    // broadcast them once, ahead of the loop, and not for every vector.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly nuint Sweep<TRule, TPenalty, T>(TRule rule, UpdateTerms terms, nuint from)
        where TRule : struct, IUpdateRule
        where TPenalty : struct, IPenalty
        where T : struct, IVector<T>
    {
        float* weights = Weights, gradient = Gradient, first = First, second = Second, third = Third;
        nuint step = (nuint)T.Count, i = from;
        if (To - from < step)
            return from;

        nuint last = To - step;
        do
        {
            T a = default, b = default, c = default;
            if (TRule.StateCount > 0)
                a = T.Load(in *first, i);
            if (TRule.StateCount > 1)
                b = T.Load(in *second, i);
            if (TRule.StateCount > 2)
                c = T.Load(in *third, i);

            var weight = T.Load(in *weights, i);
            var scaled = TPenalty.Apply(terms, ref weight, T.Load(in *gradient, i));
            T.Store(rule.Update(weight, scaled, ref a, ref b, ref c), ref *weights, i);

            if (TRule.StateCount > 0)
                T.Store(a, ref *first, i);
            if (TRule.StateCount > 1)
                T.Store(b, ref *second, i);
            if (TRule.StateCount > 2)
                T.Store(c, ref *third, i);
            i += step;
        }
        while (i <= last);

        return i;
    }

    /// <summary>Whether there is an L1 penalty, as a type, so that each loop is compiled without the question.</summary>
    private interface IPenalty
    {
        static abstract T Apply<T>(UpdateTerms terms, ref T weight, T gradient) where T : struct, IVector<T>;
    }

    private readonly struct WithoutAbsolutePenalty : IPenalty
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(UpdateTerms terms, ref T weight, T gradient) where T : struct, IVector<T> =>
            terms.ApplyWithoutAbsolutePenalty(ref weight, gradient);
    }

    private readonly struct WithAbsolutePenalty : IPenalty
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(UpdateTerms terms, ref T weight, T gradient) where T : struct, IVector<T> =>
            terms.Apply(ref weight, gradient);
    }
}
