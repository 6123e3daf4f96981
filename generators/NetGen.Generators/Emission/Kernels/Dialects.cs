using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>The dialect in which a scheduled text is written.</summary>
internal static class Dialects
{
    public static VectorDialect Of(VectorForm form) => form switch
    {
        VectorForm.Vector512 => VectorDialect.Vector512,
        VectorForm.UpToEight => VectorDialect.UpToEight,
        VectorForm.Vector128 => VectorDialect.Vector128,
        VectorForm.Any => VectorDialect.Any,
        VectorForm.Four => VectorDialect.Four,
        _ => VectorDialect.Scalar,
    };

    /// <summary>The place of a vector: so many elements, so many vectors and the loop's counter behind a reference.</summary>
    public static string Place(this VectorDialect dialect, string? counter, long elements, int vectors)
    {
        if (dialect.Width is { } width)
            (elements, vectors) = (elements + vectors * width, 0);
        string place = counter ?? "";
        if (vectors != 0)
            place = Behind(place, vectors == 1 ? "lanes" : $"{vectors} * lanes");
        if (elements != 0)
            place = Behind(place, $"{elements}");
        return place.Length == 0 ? "0" : place;
    }

    private static string Behind(string place, string distance) => place.Length == 0 ? distance : $"{place} + {distance}";
}
