using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>The values of one network: a flat vector of parameters, one of spectral-norm u vectors, and one of running statistics of batch
/// norms.</summary>
/// <remarks>
/// One flat leaf tensor a network makes gradient, Adam, averaging and saving one operation each; the layers see named views of it
/// through <see cref="Bind"/>.
/// </remarks>
public sealed class NetworkParameters : IDisposable
{
    private readonly long[] sizes;

    /// <summary>Starts a network's parameters from seeded random streams, one per parameter name: on the CPU, so
    /// that the start is the same for every device.</summary>
    public NetworkParameters(ParameterLayout layout, long seed, string name)
        : this(layout, DeviceTensors.Zeros(CPU, layout.ParameterCount), DeviceTensors.Zeros(CPU, layout.SpectralCount),
            DeviceTensors.Ones(CPU, layout.RunningCount))
    {
        var values = new float[layout.ParameterCount];
        var us = new float[layout.SpectralCount];
        foreach (var entry in layout.Entries)
        {
            var random = new SeededRandom(seed, $"{name}/{entry.Name}");
            Fill(values.AsSpan((int)entry.Offset, (int)entry.Length), entry, random);
            if (entry.SpectralOffset >= 0) FillUnit(us.AsSpan((int)entry.SpectralOffset, (int)entry.Shape[0]), random);
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Values.copy_(values.ToTensor(CPU));
        Spectral.copy_(us.ToTensor(CPU));
        foreach (var (offset, channels) in layout.Running) Running.narrow(0, offset, channels).zero_();
        for (var i = 0; i < InitialPowerIterations; i++) AdvanceSpectral();
    }

    private NetworkParameters(ParameterLayout layout, Tensor values, Tensor spectral, Tensor running)
    {
        Layout = layout;
        Values = values.DetachFromDisposeScope();
        Values.requires_grad_(true);
        Spectral = spectral.DetachFromDisposeScope();
        Running = running.DetachFromDisposeScope();
        sizes = layout.Entries.Select(entry => entry.Length).ToArray();
    }

    // A fresh u is far from the leading singular vector; a few iterations make the first sigma trustworthy.
    private const int InitialPowerIterations = 10;

    /// <summary>The table of names and shapes.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>float32[ParameterCount], the leaf that is learnt.</summary>
    public Tensor Values { get; private set; }

    /// <summary>float32[SpectralCount], the u vectors.</summary>
    public Tensor Spectral { get; private set; }

    /// <summary>float32[RunningCount], means and variances that batch norms use outside learning; they start as 0 and 1.</summary>
    public Tensor Running { get; private set; }

    /// <summary>Where the values lie: the CPU at first.</summary>
    public Device Device => Values.device;

    /// <summary>Moves the values to a device, and with them every forward, copy and optimiser made of them from then on.</summary>
    public void To(Device device)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Values = Moved(Values).requires_grad_(true);
        Spectral = Moved(Spectral);
        Running = Moved(Running);

        Tensor Moved(Tensor old)
        {
            if (old.device_type == device.type && old.device_index == device.index) return old;
            using (old) return old.detach().to(device).DetachFromDisposeScope();
        }
    }

    /// <summary>An independent copy, on the same device.</summary>
    public NetworkParameters Clone()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return new NetworkParameters(Layout, Values.detach().clone(), Spectral.clone(), Running.clone());
    }

    /// <summary>
    /// Views of all parameters for the forwards of one optimiser step, weights with spectral norm already divided by sigma
    /// (Miyato et al. 2018). The normalised weights are computed once, here, and shared by every forward of the step, so that no
    /// forward ever changes what an earlier one saw.
    /// </summary>
    /// <param name="learn">Whether gradients flow to <see cref="Values"/>.</param>
    /// <param name="advance">Whether buffers move on: u takes its one power iteration of the step first, batch norms use and take in the
    /// statistics of each batch.</param>
    /// <param name="dropped">The step's stream of dropout, for a network that has it.</param>
    /// <remarks>The result belongs to the caller's dispose scope.</remarks>
    public BoundParameters Bind(bool learn, bool advance, SeededRandom? dropped = null)
    {
        TorchRuntime.ApplyThreads();
        using var exact = Autocast.Suspend();
        if (advance) AdvanceSpectral();
        var flat = learn ? Values : Values.detach();
        var parts = Parts(flat);
        var bound = new Tensor[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var entry = Layout.Entries[i];
            var view = parts[i].view(entry.Shape.ToArray());
            bound[i] = entry.SpectralOffset >= 0 ? SpectralNorm.Normalise(view, Spectral.narrow(0, entry.SpectralOffset, entry.Shape[0]))
                : view;
        }

        return new BoundParameters(bound, Running, learns: advance, dropped);
    }

    /// <summary>Moves every u on by one power iteration: that of a step whose forwards are bound without.</summary>
    public void AdvanceSpectral()
    {
        TorchRuntime.ApplyThreads();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var flat = Values.detach();
        foreach (var entry in Layout.Entries)
        {
            if (entry.SpectralOffset < 0) continue;
            var weight = flat.narrow(0, entry.Offset, entry.Length).view(entry.Shape[0], -1);
            SpectralNorm.Advance(weight, Spectral.narrow(0, entry.SpectralOffset, entry.Shape[0]));
        }
    }

    /// <summary>Divides every weight under spectral norm by its sigma, so that the stored weights are the ones used.</summary>
    public void Fold()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = Bind(learn: false, advance: false);
        for (var i = 0; i < Layout.Entries.Count; i++)
        {
            var entry = Layout.Entries[i];
            if (entry.SpectralOffset >= 0) Values.narrow(0, entry.Offset, entry.Length).copy_(bound[i].reshape(-1));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        Spectral.Dispose();
        Running.Dispose();
    }

    // The lazy device cannot split.
    private Tensor[] Parts(Tensor flat) =>
        flat.IsLazy() ? [.. Layout.Entries.Select(entry => flat.narrow(0, entry.Offset, entry.Length))] : flat.split(sizes);

    private static void Fill(Span<float> target, ParameterEntry entry, SeededRandom random)
    {
        if (entry.Initial == Initial.Zeros) return;
        if (entry.Initial == Initial.Ones)
        {
            target.Fill(1);
            return;
        }

        var fanIn = entry.Length / entry.Shape[0];
        var deviation = Math.Sqrt(2.0 / fanIn);
        foreach (ref var value in target) value = (float)random.Gaussian(0, deviation);
    }

    private static void FillUnit(Span<float> target, SeededRandom random)
    {
        var sum = 0.0;
        foreach (ref var value in target)
        {
            value = (float)random.Gaussian();
            sum += value * value;
        }

        foreach (ref var value in target) value = (float)(value / Math.Sqrt(sum));
    }
}
