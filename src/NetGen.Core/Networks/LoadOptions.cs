namespace NetGen;

/// <summary>
/// How parameters are found in a file that was not written for this network: other names, other types, more than is needed or less. Without
/// options the file must have exactly the network's tensors.
/// </summary>
public sealed class LoadOptions
{
    /// <summary>
    /// Beginnings of names in the file, and what stands for them here. Those that stand for nothing are taken off first, in any order and as often as
    /// they come: <c>("module.", "")</c>, <c>("_orig_mod.", "")</c>. Of the others the longest that fits is replaced, once:
    /// <c>("l1.", "0.")</c>, or a whole name.
    /// </summary>
    public IReadOnlyList<(string From, string To)> Rename { get; init; } = [];

    /// <summary>Whether tensors that the network does not have are left out, such as PyTorch's <c>num_batches_tracked</c>.</summary>
    public bool IgnoreExtra { get; init; }

    /// <summary>
    /// Whether half, brain and double precision become single precision. Doubles are rounded; one beyond the range of singles is refused.
    /// </summary>
    public bool ConvertTypes { get; init; }

    /// <summary>
    /// Which parameters to load, by their names in the network, one at least; the others stay as they are, whatever the file has for them. All, if
    /// left out.
    /// </summary>
    public Func<string, bool>? Only { get; init; }

    /// <summary>Whether parameters that the file does not have stay as they are; it must have one of them at least.</summary>
    public bool KeepMissing { get; init; }

    /// <summary>The name here of a tensor in the file.</summary>
    internal string NameOf(string name)
    {
        while (Rename.FirstOrDefault(rule => rule.To.Length == 0 && Fits(rule, name)) is { From.Length: > 0 } off)
            name = name[off.From.Length..];

        (string From, string To) longest = Rename.Where(rule => rule.To.Length > 0 && Fits(rule, name))
            .OrderByDescending(rule => rule.From.Length).FirstOrDefault();
        return longest.From is null ? name : longest.To + name[longest.From.Length..];
    }

    /// <summary>Refuses rules that rename nothing.</summary>
    internal void Validate()
    {
        foreach ((string from, string to) in Rename)
        {
            if (string.IsNullOrEmpty(from) || to is null)
                throw new ArgumentException($"{nameof(Rename)} replaces the beginning of names: ('{from}', '{to}') has none.", nameof(Rename));
        }
    }

    private static bool Fits((string From, string To) rule, string name) => name.StartsWith(rule.From, StringComparison.Ordinal);
}
