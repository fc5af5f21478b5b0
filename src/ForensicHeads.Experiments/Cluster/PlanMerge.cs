namespace ForensicHeads.Experiments.Cluster;

/// <summary>Puts the results of a plan's tasks together.</summary>
/// <param name="folder">The plan's folder.</param>
public sealed class PlanMerge(PlanFolder folder)
{
    /// <summary>Checks every finished task by its completion file.</summary>
    /// <param name="allowGaps">Whether tasks may be missing.</param>
    /// <param name="progress">Tasks checked.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <returns>What each task made, in order; null for one that is not done.</returns>
    /// <exception cref="UserErrorException">A task is not done, or what it made was changed (it counts as failed from then
    /// on).</exception>
    public IReadOnlyList<string?> Check(bool allowGaps, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var made = new string?[folder.Plan.Tasks];
        for (var task = 1; task <= made.Length; task++)
        {
            progress?.Report(new StepProgress("checking", task, made.Length, "tasks"));
            if (!folder.IsDone(task)) continue;
            if (folder.Fault(task, cancellation) is { } fault) folder.NoteFailure(task, $"it has to be done again: {fault}");
            else made[task - 1] = folder.OutOf(task);
        }

        int[] gaps = [.. made.Index().Where(one => one.Item is null).Select(one => one.Index + 1)];
        if (gaps.Length > 0 && !allowGaps) throw new UserErrorException(
            $"{gaps.Length} of {made.Length} tasks of {folder.Path} are not done: {TaskRanges.Text(gaps)}. 'cluster status' says why, "
            + "'cluster retry' (or 'cluster run --all') does them; --allow-gaps merges without them.");
        if (gaps.Length == made.Length) throw new UserErrorException($"No task of {folder.Path} is done, so there is nothing to merge.");
        return made;
    }

    /// <summary>Puts finished trainings side by side: each in a folder that is named by its seed.</summary>
    /// <param name="made">From <see cref="Check"/>.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <returns>The folders.</returns>
    /// <exception cref="UserErrorException">A folder of that name holds something else, or the disk is full.</exception>
    public IReadOnlyList<string> Trainings(IReadOnlyList<string?> made, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(made);
        return [.. made.Index().Where(one => one.Item is not null).Select(one => Training(one.Index + 1, one.Item!, cancellation))];
    }

    private string Training(int task, string from, CancellationToken cancellation)
    {
        var name = FormattableString.Invariant($"seed-{folder.Plan.FirstSeed + task - 1}");
        var place = new ChosenPath(folder.Result, name);
        EvidenceFile[] files = [.. folder.FilesOf(task)];
        if (Path.Exists(place.Full))
        {
            return files.All(file => PlainFile.Is(place.Full, file.Path, file.Sha256)) ? place.Full : throw new UserErrorException(
                $"{place.Full} is there and holds something else. Remove it first, or make a plan with another --result.");
        }

        Leftovers.RemoveBeside(place.Full);
        var staged = place.Temporary;
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            AtomicFile.Copy(from, staged.Full, file.Path);
        }

        OwnFiles.Replace(staged.Folder, staged.Name, name);
        return place.Full;
    }
}
