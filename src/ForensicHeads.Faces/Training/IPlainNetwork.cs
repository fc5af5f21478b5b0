namespace ForensicHeads.Faces.Training;

/// <summary>A network learnt from single frames in one go: a matter of minutes, so there are no checkpoints.</summary>
public interface IPlainNetwork : IDisposable
{
    /// <summary>Name, also of its weights file.</summary>
    string Name { get; }

    /// <summary>What its loss is called in <c>stats.jsonl</c>.</summary>
    string LossName { get; }

    /// <summary>Moves it to the device of a choice, where it then learns, in the choice's numbers.</summary>
    void To(Compute compute);

    /// <summary>Learns from the frames. Deterministic for a number of threads on the CPU.</summary>
    /// <param name="data">Training frames.</param>
    /// <param name="steps">Updates.</param>
    /// <param name="batch">Frames an update.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="onStep">Receives step (from 1) and loss, of many steps at once where a look at the device would be waited for.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="UserErrorException">The data do not suit the network.</exception>
    void Learn(FaceVideos data, int steps, int batch, long seed, Action<int, double>? onStep, CancellationToken cancellation);

    /// <summary>How well it does on people it never saw: figures by name; empty where there is nothing to measure.</summary>
    /// <exception cref="UserErrorException">The data do not suit the measure.</exception>
    IReadOnlyDictionary<string, double> Measure(FaceVideos heldOut);

    /// <summary>Writes the weights.</summary>
    void Save(string path, IReadOnlyDictionary<string, string> metadata, bool half);
}
