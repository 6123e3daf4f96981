using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NetGen;

/// <summary>A network's parameters: one contiguous aligned block, with a named, shaped view of each tensor.</summary>
/// <remarks>
/// <para>The block is laid out as the kernels want it, with padding that is always zero; the views and weight files use the
/// logical shapes, which are PyTorch's. A gradient is a block of the same description.</para>
/// <para><see cref="Load(string, LoadOptions)"/>, <see cref="CopyFrom(ParameterBlock)"/>, <see cref="Initialize"/> and <see cref="Update"/> change
/// everything at once: predictions that run at the same time on other threads use all of the old values or all of the new ones. Views and training
/// steps write in place, and are seen in part by predictions that run meanwhile. A view stays good whatever is loaded. Changes on several threads
/// at the same time are safe, but the last one wins.</para>
/// </remarks>
public sealed partial class ParameterBlock : IReadOnlyList<ParameterTensor>
{
    private readonly ParameterTensor[] _tensors;
    private readonly Dictionary<string, ParameterTensor> _byName;

    /// <summary>Allocates a zeroed block for a network.</summary>
    /// <param name="description">The network.</param>
    public ParameterBlock(NetworkDescription description) : this(description, description?.Prepare)
    {
    }

    /// <summary>Allocates a block for a network and draws first values for it, as <see cref="Initialize"/> does.</summary>
    /// <param name="description">The network.</param>
    /// <param name="seed">The seed.</param>
    public ParameterBlock(NetworkDescription description, int seed)
        : this(description)
    {
        Draw(seed, Writable);
        Changed();
    }

    private ParameterBlock(NetworkDescription description, ParameterPreparation? prepare)
    {
        ArgumentNullException.ThrowIfNull(description);
        Description = description;
        CodeStamp = description.CodeStamp;
        _prepare = prepare;
        _values = Allocate();
        _ready = prepare is null ? _values : null;
        _tensors = [.. description.Parameters.Select(parameter => new ParameterTensor(parameter, this))];
        _byName = _tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The network the parameters belong to.</summary>
    public NetworkDescription Description { get; }

    /// <summary>Stands for the code that the block was made for; here, so that a prediction need not ask the description.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ulong CodeStamp { get; }

    /// <summary>The whole block as it is now, padding included. What is loaded later does not show in it.</summary>
    public ReadOnlySpan<float> Span => Writable;

    /// <summary>The number of tensors.</summary>
    public int Count => _tensors.Length;

    /// <summary>A tensor by its place in the network.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1, in the order of the description.</param>
    public ParameterTensor this[int index] => _tensors[index];

    /// <summary>A tensor by its name.</summary>
    /// <param name="name">A name as in weight files: <c>0.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">The network has no such tensor; the message lists those it has.</exception>
    public ParameterTensor this[string name] =>
        _byName.TryGetValue(name, out var tensor)
            ? tensor
            : throw new KeyNotFoundException(
                $"{Description.Name} has no parameter '{name}'; it has {string.Join(", ", _tensors.Select(t => t.Name))}.");

    private int Length => Description.ParameterBlockLength;

    /// <summary>A tensor by its name, if the network has it.</summary>
    /// <param name="name">A name as in weight files.</param>
    /// <param name="tensor">The tensor.</param>
    public bool TryGet(string name, [NotNullWhen(true)] out ParameterTensor? tensor) =>
        _byName.TryGetValue(name, out tensor);

    /// <summary>Draws first values for every tensor, as its description says, and takes them all at once.</summary>
    /// <remarks>
    /// Each tensor draws from its own <see cref="RandomStream"/> of (seed, index of the tensor) in logical order: the values
    /// are the same on every machine, for every layout, and do not change when another tensor's size does.
    /// </remarks>
    /// <param name="seed">The seed.</param>
    public void Initialize(int seed) => Update(values => Draw(seed, values));

    /// <summary>Takes all values from another block of the same network, at once.</summary>
    /// <param name="other">A block with this block's description.</param>
    /// <exception cref="ArgumentException">The block belongs to another network.</exception>
    public void CopyFrom(ParameterBlock other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!ReferenceEquals(other.Description, Description))
        {
            throw new ArgumentException(
                $"The parameters of {Description.Name} cannot be taken from {other.Description.Name}'s block.", nameof(other));
        }

        CopyFrom(other.Span);
    }

    /// <summary>Takes all values from a copy of <see cref="Span"/>, at once.</summary>
    /// <param name="values">A whole block of this network, padding included.</param>
    /// <exception cref="ArgumentException">The length is another; nothing was changed.</exception>
    public void CopyFrom(ReadOnlySpan<float> values)
    {
        if (values.Length != Length)
        {
            throw new ArgumentException(
                $"A whole block of {Description.Name} has {Length} floats, padding included, found {values.Length}; "
                + "the elements of a tensor are set through its view.",
                nameof(values));
        }

        float[] fresh = Allocate();
        values.CopyTo(AlignedBuffer.SpanOf(fresh, Length));
        Publish(fresh);
    }

    /// <summary>Changes any values, all at once: the change is made to a copy, which then takes the place of the block.</summary>
    /// <remarks>A change that throws changes nothing. Padding must stay zero.</remarks>
    /// <param name="change">Gets the whole block as <see cref="Span"/> shows it, and writes to it.</param>
    public void Update(Action<Span<float>> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        float[] fresh = Allocate();
        Span<float> values = AlignedBuffer.SpanOf(fresh, Length);
        Span.CopyTo(values);
        change(values);
        Publish(fresh);
    }

    /// <summary>The tensors in the order of the description.</summary>
    public IEnumerator<ParameterTensor> GetEnumerator() => ((IEnumerable<ParameterTensor>)_tensors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A zeroed block for gradients: the same layout, and nothing is ever prepared from it.</summary>
    internal static ParameterBlock ForGradient(NetworkDescription description) => new(description, prepare: null);

    private void Draw(int seed, Span<float> values)
    {
        for (int index = 0; index < _tensors.Length; index++)
        {
            var random = new RandomStream(seed, (ulong)index);
            _tensors[index].Initialize(ref random, values);
        }
    }
}
