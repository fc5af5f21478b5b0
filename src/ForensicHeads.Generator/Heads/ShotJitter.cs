using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Heads;

/// <summary>
/// Shifts a batch of shots and their landmark images together by up to so many whole pixels: few shots show few places, and a
/// fine-tuned generator should follow the landmarks everywhere.
/// </summary>
internal sealed class ShotJitter(int pixels, long seed)
{
    private readonly SeededRandom random = new(seed, "shot-jitter");

    /// <summary>float32[N, 3, S, S] each; frames are continued by their edge pixels, landmark images by black.</summary>
    public (Tensor Frames, Tensor Landmarks) Shift(Tensor frames, Tensor landmarks)
    {
        if (pixels == 0) return (frames, landmarks);
        var (x, y) = (random.NextInt((2 * pixels) + 1), random.NextInt((2 * pixels) + 1));
        long[] edges = [pixels, pixels, pixels, pixels];
        return (Cut(nn.functional.pad(frames, edges, PaddingModes.Replicate), x, y),
            Cut(nn.functional.pad(landmarks, edges, PaddingModes.Constant, -1), x, y));
    }

    private Tensor Cut(Tensor padded, int x, int y)
    {
        var size = padded.shape[3] - (2 * pixels);
        return padded.narrow(2, y, size).narrow(3, x, size).contiguous();
    }
}

/// <summary>Batches of shots, reshuffled every epoch; the last batch of an epoch is filled from the next one.</summary>
internal sealed class ShotOrder(int shots, int batch, long seed)
{
    private readonly SeededRandom random = new(seed, "shot-order");
    private readonly Queue<long> pending = new();

    public long[] Next()
    {
        var result = new long[batch];
        for (var i = 0; i < batch; i++)
        {
            if (pending.Count == 0)
            {
                foreach (var shot in random.Permutation(shots)) pending.Enqueue(shot);
            }

            result[i] = pending.Dequeue();
        }

        return result;
    }
}
