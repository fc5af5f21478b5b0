namespace ForensicHeads.Experiments.Cluster;

/// <summary>Task numbers as Slurm's <c>--array</c> takes them.</summary>
public static class TaskRanges
{
    /// <summary>The numbers in short: <c>1-3,7</c>.</summary>
    public static string Text(IEnumerable<int> tasks)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var task in tasks.Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == task - 1) ranges[^1] = (ranges[^1].First, task);
            else ranges.Add((task, task));
        }

        return string.Join(',', ranges.Select(range => range.First == range.Last
            ? FormattableString.Invariant($"{range.First}") : FormattableString.Invariant($"{range.First}-{range.Last}")));
    }

    /// <summary>The numbers in arrays that Slurm takes: no index reaches its limit, and what is left over is an offset.</summary>
    /// <param name="tasks">Numbers from 1.</param>
    /// <param name="maxArraySize">Slurm's <c>MaxArraySize</c>, one above the largest index.</param>
    /// <exception cref="UserErrorException">Slurm takes no arrays.</exception>
    public static IReadOnlyList<ArrayChunk> Chunks(IEnumerable<int> tasks, int maxArraySize)
    {
        var most = maxArraySize - 1;
        if (most < 1) throw new UserErrorException(
            $"This Slurm takes no job arrays (MaxArraySize is {maxArraySize}). Ask for another limit, or start the tasks one by one by "
            + "'cluster run PLAN --task N'.");
        return [.. tasks.Distinct().Order().GroupBy(task => (task - 1) / most * most)
            .Select(chunk => new ArrayChunk(chunk.Key, [.. chunk.Select(task => task - chunk.Key)]))];
    }
}

/// <summary>A job array.</summary>
/// <param name="Offset">What is added to an index to give the task.</param>
/// <param name="Indexes">The indexes, from 1.</param>
public sealed record ArrayChunk(int Offset, IReadOnlyList<int> Indexes);
