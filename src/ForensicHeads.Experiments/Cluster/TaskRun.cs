namespace ForensicHeads.Experiments.Cluster;

/// <summary>Does one task of a plan: the ordinary command over its part, then the completion file.</summary>
/// <param name="folder">The plan's folder.</param>
/// <param name="toolVersion">The version that runs.</param>
/// <param name="command">Runs an ordinary command line with its share of the work, and says how it ended.</param>
public sealed class TaskRun(PlanFolder folder, string toolVersion,
    Func<IReadOnlyList<string>, WorkShare, CancellationToken, Task<CommandEnd>> command)
{
    private static readonly string[] JobVariables = ["SLURM_JOB_ID", "JOB_ID", "LSB_JOBID", "PBS_JOBID"];

    /// <summary>Does a task, or nothing where it is done. What an earlier, killed attempt left behind is taken up.</summary>
    /// <returns>Null where it is done now; else the line that says why not.</returns>
    /// <exception cref="UserErrorException">No such task, another process does it, or its folder cannot be written.</exception>
    public async Task<string?> RunAsync(int task, CancellationToken cancellation)
    {
        folder.Checked(task);
        using var alone = folder.Take(task);
        if (folder.IsDone(task)) return null;
        var job = JobVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        folder.NoteStart(task, new TaskStart(Environment.MachineName, job));
        var fault = await FaultAsync(task, cancellation).ConfigureAwait(false);
        try
        {
            if (fault is null) folder.NoteDone(task, cancellation);
        }
        catch (Exception error) when (error is UserErrorException or IOException or UnauthorizedAccessException)
        {
            fault = error.Message.ReplaceLineEndings(" ");
        }

        if (fault is not null) folder.NoteFailure(task, fault);
        return fault;
    }

    private async Task<string?> FaultAsync(int task, CancellationToken cancellation)
    {
        var plan = folder.Plan;
        if (plan.ToolVersion != toolVersion)
            return $"the plan was made by version {plan.ToolVersion}, and this is {toolVersion}; use the same on all machines";
        var inputs = "";
        var end = await command(plan.InputWords(), new WorkShare { Inputs = hash => inputs = hash }, cancellation).ConfigureAwait(false);
        if (end.ExitCode != 0) return end.Line;
        if (inputs != plan.InputsSha256) return "the inputs are not as they were when the plan was made; make the plan again";
        var to = folder.OutOf(task);
        end = await command(plan.TaskWords(task, to, MoreWords(to)),
            new WorkShare { Part = plan.Work == PlannedWork.Train ? null : new WorkPart(task, plan.Tasks) }, cancellation)
            .ConfigureAwait(false);
        // 3: done, but some inputs were rejected, which the result says.
        if (end.ExitCode is not (0 or 3)) return end.Line;
        // Every task renders the same people, and the merge does so, too.
        if (plan.Work == PlannedWork.Experiment) OwnFiles.Delete(to, "work/source");
        return null;
    }

    // A training goes on where it was stopped, or begins anew.
    private string[] MoreWords(string to)
    {
        if (folder.Plan.Work != PlannedWork.Train || !Directory.Exists(to)) return [];
        if (new RunFolder(to).HasCheckpoint) return ["--resume"];
        var place = ChosenPath.Of(to);
        OwnFiles.Delete(place.Folder, place.Name);
        return [];
    }
}

/// <summary>How a command line ended.</summary>
/// <param name="ExitCode">0 done; 3 done, but some inputs were rejected; anything else is a failure.</param>
/// <param name="Line">The last line that it said.</param>
public sealed record CommandEnd(int ExitCode, string Line);
