using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Heads;

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
