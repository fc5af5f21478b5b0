namespace ForensicHeads.Experiments.Cluster;

/// <summary>What the jobs of a cluster need, from a small JSON file of the user's; everything may be left out.</summary>
public sealed record PlanSite
{
    /// <summary>The partition (queue).</summary>
    public string? Partition { get; init; }

    /// <summary>Whom the time is charged to.</summary>
    public string? Account { get; init; }

    /// <summary>Longest time of a task, as Slurm writes it: <c>12:00:00</c>.</summary>
    public string? Time { get; init; }

    /// <summary>Cores of a task.</summary>
    public int? Cpus { get; init; }

    /// <summary>Memory of a task, as Slurm writes it: <c>8G</c>.</summary>
    public string? Memory { get; init; }

    /// <summary>Most tasks at the same time; null for as many as the cluster gives.</summary>
    public int? AtOnce { get; init; }

    /// <summary>Further options of <c>sbatch</c>, one a line of the script: <c>--gres=gpu:1</c>.</summary>
    public IReadOnlyList<string> Sbatch { get; init; } = [];

    /// <summary>Lines of the shell before the command: modules, variables.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>How the program is started there: <c>apptainer exec tools.sif forensicheads</c>, say; null for the one that made the
    /// plan.</summary>
    public string? Command { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or holds something else.</exception>
    public static PlanSite Read(string path)
    {
        var site = CanonicalJson.Read<PlanSite>(path);
        var lines = new[] { site.Partition, site.Account, site.Time, site.Memory, site.Command }.Concat(site.Sbatch).Concat(site.Lines);
        foreach (var line in lines)
        {
            if (line?.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0) throw new UserErrorException(
                $"{path}: '{line}' has more than one line, and each must stand in one line of a script. Make several entries of it.", 2);
        }

        foreach (var (name, value) in new[] { ("cpus", site.Cpus), ("at_once", site.AtOnce) })
            if (value < 1) throw new UserErrorException($"{path}: {name} is {value}; allowed is 1 or more.", exitCode: 2);
        return site;
    }
}
