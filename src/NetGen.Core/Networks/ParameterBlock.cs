using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>A network's parameters: one contiguous aligned block, with a named, shaped view of each tensor.</summary>
/// <remarks>
/// The block is laid out as the kernels want it, with padding that is always zero; the views and weight files use the
/// logical shapes, which are PyTorch's. A gradient or an optimizer's state is a block of the same description.
/// </remarks>
public sealed unsafe partial class ParameterBlock : IReadOnlyList<ParameterTensor>
{
    // The buffer is pinned for as long as it lives. A tiny network's prediction takes fewer nanoseconds than the loads it
    // would take to ask the buffer, its array and the array's start in turn.
    private readonly float* _start;

    private readonly AlignedBuffer _buffer;
    private readonly ParameterTensor[] _tensors;
    private readonly Dictionary<string, ParameterTensor> _byName;

    /// <summary>Allocates a zeroed block for a network.</summary>
    /// <param name="description">The network.</param>
    public ParameterBlock(NetworkDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        Description = description;
        _buffer = new AlignedBuffer(description.ParameterBlockLength);
        _start = (float*)Unsafe.AsPointer(ref _buffer.Start);
        _tensors = [.. description.Parameters.Select(parameter => new ParameterTensor(parameter, _buffer.Memory))];
        _byName = _tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>Allocates a block for a network and draws first values for it, as <see cref="Initialize"/> does.</summary>
    /// <param name="description">The network.</param>
    /// <param name="seed">The seed.</param>
    public ParameterBlock(NetworkDescription description, int seed)
        : this(description) => Initialize(seed);

    /// <summary>The network the parameters belong to.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The first float of the block. Whoever keeps the reference keeps the memory alive.</summary>
    public ref float Start => ref Unsafe.AsRef<float>(_start);

    /// <summary>The whole block, padding included.</summary>
    public Span<float> Span => _buffer.Span;

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

    internal AlignedBuffer Buffer => _buffer;

    /// <summary>A tensor by its name, if the network has it.</summary>
    /// <param name="name">A name as in weight files.</param>
    /// <param name="tensor">The tensor.</param>
    public bool TryGet(string name, [NotNullWhen(true)] out ParameterTensor? tensor) =>
        _byName.TryGetValue(name, out tensor);

    /// <summary>Draws first values for every tensor, as its description says.</summary>
    /// <remarks>
    /// Each tensor draws from its own <see cref="RandomStream"/> of (seed, index of the tensor) in logical order: the values
    /// are the same on every machine, for every layout, and do not change when another tensor's size does.
    /// </remarks>
    /// <param name="seed">The seed.</param>
    public void Initialize(int seed)
    {
        for (int index = 0; index < _tensors.Length; index++)
        {
            var random = new RandomStream(seed, (ulong)index);
            _tensors[index].Initialize(ref random);
        }
    }

    /// <summary>Takes all values from another block of the same network.</summary>
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

        other.Span.CopyTo(Span);
    }

    /// <summary>The tensors in the order of the description.</summary>
    public IEnumerator<ParameterTensor> GetEnumerator() => ((IEnumerable<ParameterTensor>)_tensors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
