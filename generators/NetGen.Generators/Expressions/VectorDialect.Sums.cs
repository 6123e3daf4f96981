namespace NetGen.Generators.Expressions;

// Sums of products. They are of the same type as any other value, and made by the same operations, except where a type parameter stands for them.
internal abstract partial class VectorDialect
{
    /// <summary>
    /// A type parameter <c>V</c> for vectors of at most eight lanes, of which there are 16 or 16 pairs, and one, <c>S</c>, for sums of products.
    /// </summary>
    public static VectorDialect UpToEight { get; } = new Summing();

    /// <summary>The type of a sum and of its factors.</summary>
    public virtual string SumType => Type;

    /// <summary>The sum of nothing.</summary>
    public virtual string NoSum => Zero;

    /// <summary>Whether the sum of nothing is a call, and had better be made once.</summary>
    public virtual bool CallsForNoSum => false;

    /// <summary>A sum that begins with the float <paramref name="scalar"/> in every lane.</summary>
    public virtual string BeginSum(string scalar) => Broadcast(scalar);

    /// <summary>What <see cref="Load"/> reads, as a factor or the beginning of a sum.</summary>
    public virtual string ReadSum(string reference, string offset) => Load(reference, offset);

    /// <summary>The float <paramref name="scalar"/> as a factor of several products.</summary>
    public virtual string Factor(string scalar) => Broadcast(scalar);

    /// <summary>left · right + sum, of which <see cref="Factor"/> made one factor.</summary>
    /// <param name="left">The left factor.</param>
    /// <param name="right">The right factor.</param>
    /// <param name="sum">The sum.</param>
    /// <param name="isRight">Whether it is the right one.</param>
    public virtual string AddProducts(string left, string right, string sum, bool isRight) => MultiplyAdd(left, right, sum);

    /// <summary>a · b + sum with the float at <paramref name="a"/> in every lane.</summary>
    public virtual string AddProducts(string a, string b, string sum) => MultiplyAddBroadcast(a, b, sum);

    /// <summary>left · right + sum.</summary>
    public virtual string AddProduct(string left, string right, string sum) => MultiplyAdd(left, right, sum);

    /// <summary>The statement, without semicolon, that adds partial sums, which are two or four, to the first of them.</summary>
    public virtual string Join(string[] sums) => sums.Length == 2
        ? $"{sums[0]} += {sums[1]}"
        : $"{sums[0]} = ({sums[0]} + {sums[1]}) + ({sums[2]} + {sums[3]})";

    /// <summary>The lanes of a sum added up.</summary>
    public virtual string Total(string sum) => Sum(sum);

    /// <summary>Whether the lanes of several sums are added up together.</summary>
    public virtual bool HasTotals => false;

    /// <summary>The lanes of four sums added up, in the lanes of a <see cref="Vector128"/>, with the bits of <see cref="Total"/>.</summary>
    public virtual string Totals(string[] sums) => $"LaneSums.Of({string.Join(", ", sums)})";

    /// <summary>
    /// The mask of the lanes that, from <paramref name="offset"/> on, lie before <paramref name="end"/>, for <see cref="Keep"/>; null where
    /// <see cref="KeepBefore"/> makes one for each value, which the JIT finds to be the same.
    /// </summary>
    public virtual string? Inside(string offset, string end) => null;

    /// <summary>The value with zeros in the lanes that a mask leaves out.</summary>
    public virtual string Keep(string mask, string value) => value;

    /// <summary>A sum as a value of expressions.</summary>
    public virtual string OfSum(string sum) => sum;

    /// <summary>A value as a factor or the beginning of a sum.</summary>
    public virtual string ToSum(string value) => value;

    /// <summary>A type parameter for vectors of up to eight lanes and one, <c>S</c>, for sums.</summary>
    private sealed class Summing() : Wrapped("V", width: null)
    {
        public override int MostLanes => 8;

        public override string SumType => "S";

        public override string NoSum => "V.Nothing";

        public override bool CallsForNoSum => true;

        public override string BeginSum(string scalar) => $"V.Begin({scalar})";

        public override string ReadSum(string reference, string offset) => $"V.Read(ref {reference}, {offset})";

        public override string Factor(string scalar) => $"V.Factor(ref {scalar})";

        public override string AddProducts(string left, string right, string sum, bool isRight) =>
            isRight ? $"V.AddProducts({right}, {left}, {sum})" : $"V.AddProducts({left}, {right}, {sum})";

        public override string AddProducts(string a, string b, string sum) => $"V.AddProducts(ref {a}, {b}, {sum})";

        public override string AddProduct(string left, string right, string sum) => $"V.AddProduct({left}, {right}, {sum})";

        public override string Join(string[] sums) => sums.Length == 2
            ? $"{sums[0]} = V.Join({sums[0]}, {sums[1]})"
            : $"{sums[0]} = V.Join(V.Join({sums[0]}, {sums[1]}), V.Join({sums[2]}, {sums[3]}))";

        public override string Total(string sum) => $"V.Total({sum})";

        public override bool HasTotals => true;

        public override string Totals(string[] sums) => $"V.Totals({string.Join(", ", sums)})";

        // The JIT inlines only so many calls.
        public override string Inside(string offset, string end) => $"RaggedEnd.Inside<V>({offset}, {end})";

        public override string Keep(string mask, string value) => $"V.And({mask}, {value})";

        public override string OfSum(string sum) => $"V.Of({sum})";

        public override string ToSum(string value) => $"V.From({value})";
    }
}
