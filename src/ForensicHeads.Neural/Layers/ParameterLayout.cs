namespace ForensicHeads.Neural.Layers;

/// <summary>How a parameter starts.</summary>
public enum Initial
{
    /// <summary>All zero: biases.</summary>
    Zeros,

    /// <summary>All one: the scales of norms.</summary>
    Ones,

    /// <summary>Normal, variance 2 / fan-in (He et al. 2015): weights.</summary>
    He,
}

/// <summary>One named parameter inside a network's flat vector.</summary>
/// <param name="Name">Dotted name, as in the safetensors file.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">First element inside the flat vector.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Initial">How it starts.</param>
/// <param name="SpectralOffset">First element of its u vector, or −1 where no spectral norm is applied.</param>
public sealed record ParameterEntry(string Name, IReadOnlyList<long> Shape, long Offset, long Length, Initial Initial, long SpectralOffset);

/// <summary>The table of a network's parameters: each layer adds its own while the network is put together.</summary>
public sealed class ParameterLayout
{
    private readonly List<ParameterEntry> entries = [];
    private readonly HashSet<string> names = [];
    private readonly List<(long Offset, long Channels)> running = [];

    /// <summary>All entries, in the order of the flat vector.</summary>
    public IReadOnlyList<ParameterEntry> Entries => entries;

    /// <summary>Number of learnable values.</summary>
    public long ParameterCount { get; private set; }

    /// <summary>Number of values in all u vectors of spectral norm (buffers, not learnt).</summary>
    public long SpectralCount { get; private set; }

    /// <summary>Number of values in all running statistics of batch norms (buffers, not learnt).</summary>
    public long RunningCount { get; private set; }

    /// <summary>Place and number of the running means; as many variances follow each.</summary>
    public IReadOnlyList<(long Offset, long Channels)> Running => running;

    /// <summary>Adds a parameter and returns its index, by which a layer finds it at run time.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public int Add(string name, Initial initial, bool spectralNorm, params long[] shape)
    {
        if (!names.Add(name)) throw new ArgumentException($"A parameter called {name} exists already.", nameof(name));
        var length = shape.Aggregate(1L, (product, side) => product * side);
        entries.Add(new ParameterEntry(name, shape, ParameterCount, length, initial, spectralNorm ? SpectralCount : -1));
        ParameterCount += length;
        if (spectralNorm) SpectralCount += shape[0];
        return entries.Count - 1;
    }

    /// <summary>Reserves the running means, then the running variances, of so many channels; returns the place of the first mean.</summary>
    public long AddRunning(long channels)
    {
        var offset = RunningCount;
        running.Add((offset, channels));
        RunningCount += 2 * channels;
        return offset;
    }
}
