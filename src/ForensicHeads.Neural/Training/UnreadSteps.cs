using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Training;

/// <summary>Numbers of steps that stay on their device until they are due: one wait for many steps.</summary>
/// <typeparam name="T">What is told of a step besides its numbers.</typeparam>
/// <param name="told">Takes each step with its numbers, in the order of the steps.</param>
public sealed class UnreadSteps<T>(Action<T, float[]> told) : IDisposable
{
    private readonly List<(T Step, Tensor Numbers)> waiting = [];

    /// <summary>Takes a step's numbers in without reading them.</summary>
    /// <param name="step">What is told of it.</param>
    /// <param name="scalars">Its numbers, at least one, on one device; they stay the caller's.</param>
    public void Add(T step, IEnumerable<Tensor> scalars)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var numbers = cat([.. scalars.Select(scalar => scalar.detach().reshape(1).to_type(ScalarType.Float32))], 0);
        waiting.Add((step, numbers.DetachFromDisposeScope()));
    }

    /// <summary>Reads all that waits, in one go, and tells it.</summary>
    public void Read()
    {
        if (waiting.Count == 0) return;
        float[] all;
        using (NewDisposeScope()) all = cat([.. waiting.Select(item => item.Numbers)], 0).ToHost<float>();
        var steps = waiting.Select(item => (item.Step, Length: (int)item.Numbers.shape[0])).ToArray();
        Dispose();
        var place = 0;
        foreach (var (step, length) in steps)
        {
            told(step, all[place..(place + length)]);
            place += length;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, numbers) in waiting) numbers.Dispose();
        waiting.Clear();
    }
}

/// <summary>When the numbers of steps are read.</summary>
public static class UnreadSteps
{
    /// <summary>Steps between two reads.</summary>
    public const int Every = 20;

    /// <summary>Whether they are read after this step: every so often, and always on the CPU, where nothing is waited for.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="device">Where it was computed.</param>
    public static bool IsDue(int step, Device device) => device.type == DeviceType.CPU || step % Every == 0;
}
