using System.ComponentModel;
using System.Globalization;

namespace ForensicHeads.Experiments.Cluster;

/// <summary>Slurm, by its own programs <c>squeue</c>, <c>scontrol</c> and <c>sbatch</c>.</summary>
public static class SlurmJobs
{
    private const int UsualArraySize = 1001;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What is queued of a plan: true where a task runs, false where it waits. Empty where there is no Slurm, or it does not
    /// answer.</summary>
    public static IReadOnlyDictionary<int, bool> Tasks(WorkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var found = new Dictionary<int, bool>();
        if (Run("squeue", "--me", "--array", "--noheader", "--format=%j|%K|%t") is not { Code: 0 } answer) return found;
        var begin = plan.JobName() + "-";
        foreach (var words in answer.Output.Split('\n').Select(line => line.Trim().Split('|')).Where(words => words.Length == 3))
        {
            if (words[0].StartsWith(begin, StringComparison.Ordinal)
                && int.TryParse(words[0].AsSpan(begin.Length), CultureInfo.InvariantCulture, out var offset)
                && int.TryParse(words[1], CultureInfo.InvariantCulture, out var index))
                found[offset + index] = words[2] is not "PD";
        }

        return found;
    }

    /// <summary>Submits tasks, in as many arrays as Slurm's limit asks for.</summary>
    /// <param name="folder">The plan's folder.</param>
    /// <param name="tasks">The tasks.</param>
    /// <returns>Number of each job.</returns>
    /// <exception cref="UserErrorException">There is no Slurm here, or it refuses.</exception>
    public static IReadOnlyList<string> Submit(PlanFolder folder, IEnumerable<int> tasks)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var atOnce = folder.AtOnce is { } limit ? $"%{limit}" : "";
        var jobs = new List<string>();
        foreach (var chunk in TaskRanges.Chunks(tasks, MaxArraySize()))
        {
            var answer = Run("sbatch", "--parsable", $"--job-name={folder.Plan.JobName()}-{chunk.Offset}",
                $"--array={TaskRanges.Text(chunk.Indexes)}{atOnce}", folder.ArrayScript,
                chunk.Offset.ToString(CultureInfo.InvariantCulture)) ?? throw new UserErrorException(
                "There is no sbatch on this machine. Run this where jobs are submitted; without Slurm, 'cluster run PLAN --all' does what "
                + "is missing here, and 'cluster run PLAN --task N' one task.");
            if (answer.Code != 0) throw new UserErrorException(
                $"sbatch refused: {answer.Said}. "
                + (jobs.Count > 0 ? $"Submitted before that: {string.Join(", ", jobs)}. " : "")
                + "Mend site.json or the scripts in the plan.");
            jobs.Add(answer.Output.Trim().Split(';')[0]);
        }

        return jobs;
    }

    private static int MaxArraySize()
    {
        if (Run("scontrol", "show", "config") is not { Code: 0 } answer) return UsualArraySize;
        var line = answer.Output.Split('\n').FirstOrDefault(line => line.StartsWith("MaxArraySize", StringComparison.Ordinal));
        return int.TryParse(line?.Split('=')[^1], CultureInfo.InvariantCulture, out var size) ? size : UsualArraySize;
    }

    private static ProgramAnswer? Run(string program, params string[] words)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return SystemProgram.RunAsync(program, words, cancellation: patience.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return new ProgramAnswer("", $"{program} did not answer within {Patience.TotalSeconds:0} s") { Code = 1 };
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
