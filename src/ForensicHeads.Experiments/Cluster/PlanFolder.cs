namespace ForensicHeads.Experiments.Cluster;

/// <summary>The folder of a plan: <c>plan.json</c>, the scripts, and what is known of each task.</summary>
/// <remarks>
/// A task works in <c>tasks/000001/out</c>. It is done once <c>done/000001.json</c> is there, which is written last, by a rename, and lists
/// the task's files with their hashes. <c>failed/</c> holds the last line of one that ended badly, <c>started/</c> where one began.
/// </remarks>
public sealed class PlanFolder
{
    private const string Done = "done";
    private const string Failed = "failed";
    private const string Started = "started";
    private const string TaskFolders = "tasks";
    private const string Out = "out";

    private PlanFolder(string path, WorkPlan plan)
    {
        (Path, Plan) = (path, plan);
        Hash = plan.Hash();
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The plan.</summary>
    public WorkPlan Plan { get; }

    /// <summary>Full path of the script of the tasks.</summary>
    public string ArrayScript => System.IO.Path.Combine(Path, PlanScripts.Array);

    /// <summary>Full path of the script of the merge.</summary>
    public string MergeScript => System.IO.Path.Combine(Path, PlanScripts.Merge);

    /// <summary>Full path of what the merge makes.</summary>
    public string Result => System.IO.Path.GetFullPath(Plan.Result ?? System.IO.Path.Combine(Path, "result"), Plan.Folder);

    /// <summary>Most tasks at the same time; null for no limit.</summary>
    public int? AtOnce => PlainFile.IsThere(Path, SiteName) ? CanonicalJson.Read<PlanSite>(Path, SiteName).AtOnce : null;

    private const string SiteName = "site.json";

    private string Hash { get; }

    /// <summary>Writes a plan with its scripts. One that says the same is left as it is, with all that is done.</summary>
    /// <param name="path">A folder that does not exist, is empty, or holds the same plan.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="site">What the jobs need.</param>
    /// <param name="program">The words that start this program.</param>
    /// <exception cref="UserErrorException">The folder holds something else, or cannot be written.</exception>
    public static PlanFolder Create(string path, WorkPlan plan, PlanSite site, IReadOnlyList<string> program)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var full = ChosenPath.OfFolder(path).Full;
        if (File.Exists(full)) throw new UserErrorException($"{full} is a file; a plan needs a folder. Choose another --out.");
        if (PlainFile.IsThere(full, WorkPlan.FileName))
        {
            if (Read(full).Hash() != plan.Hash()) throw new UserErrorException(
                $"{full} holds another plan. Choose another --out, or remove the folder first.");
        }
        else if (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
        {
            throw new UserErrorException($"{full} is not empty and holds no plan. Choose another --out, or empty it first.");
        }

        var folder = new PlanFolder(full, plan.Validated());
        AtomicFile.WriteText(full, SiteName, CanonicalJson.ToText(site));
        AtomicFile.WriteText(full, PlanScripts.Array, PlanScripts.ArrayText(plan, full, site, program));
        AtomicFile.WriteText(full, PlanScripts.Merge, PlanScripts.MergeText(plan, full, site, program));
        OwnFiles.CreateFolder(full, PlanScripts.Logs);
        AtomicFile.WriteText(full, WorkPlan.FileName, CanonicalJson.ToText(plan));
        return folder;
    }

    /// <summary>Opens one.</summary>
    /// <exception cref="UserErrorException">Not a plan, or one of another version.</exception>
    public static PlanFolder Open(string path)
    {
        var full = ChosenPath.OfFolder(path).Full;
        if (!PlainFile.IsThere(full, WorkPlan.FileName)) throw new UserErrorException(
            $"{full} holds no {WorkPlan.FileName}. Make one by 'cluster plan', or name the folder of one.", exitCode: 2);
        return new PlanFolder(full, Read(full));
    }

    /// <summary>Full path of the folder that a task makes.</summary>
    public string OutOf(int task) => System.IO.Path.Combine(Path, TaskFolders, Name(task), Out);

    /// <summary>Whether a task's completion file is there.</summary>
    public bool IsDone(int task) => PlainFile.IsThere(Path, Note(Done, task));

    /// <summary>Checks a number.</summary>
    /// <exception cref="UserErrorException">The plan has no such task.</exception>
    public int Checked(int task) => task >= 1 && task <= Plan.Tasks ? task : throw new UserErrorException(
        FormattableString.Invariant($"There is no task {task} in {Path}; it has 1 … {Plan.Tasks}."), exitCode: 2);

    /// <summary>What is known of every task.</summary>
    /// <param name="queue">What the scheduler says of the tasks: true where one runs, false where it waits.</param>
    public IReadOnlyList<TaskReport> Report(IReadOnlyDictionary<int, bool> queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        var (done, failed, started) = (Noted(Done), Noted(Failed), Noted(Started));
        return [.. Enumerable.Range(1, Plan.Tasks).Select(task =>
            done.Contains(task) ? new TaskReport(task, TaskState.Done)
            : queue.TryGetValue(task, out var runs) ? new TaskReport(task, runs ? TaskState.Running : TaskState.Waiting)
            : started.Contains(task) ? StartedTask(task)
            : failed.Contains(task) ? FailedTask(task)
            : new TaskReport(task, TaskState.Missing))];
    }

    /// <summary>Keeps every other process from the task until the result is disposed of; the system lets go of it when this process ends,
    /// however it ends.</summary>
    /// <exception cref="UserErrorException">Another process does the task.</exception>
    internal IDisposable Take(int task) => TryTake(task) ?? throw new UserErrorException(
        FormattableString.Invariant($"Another process does task {task} of {Path} at this moment. Wait for its end."));

    /// <summary>Notes that a task begins; an attempt before it that never ended is counted among those that failed.</summary>
    internal void NoteStart(int task, TaskStart start)
    {
        if (ReadNote<TaskStart>(Started, task) is { } before) NoteFailure(task, before.EndedWithoutAWord);
        AtomicFile.WriteText(Path, Note(Started, task), CanonicalJson.ToText(start));
    }

    /// <summary>Notes that a task ended badly.</summary>
    internal void NoteFailure(int task, string line)
    {
        var before = FailureOf(task)?.Attempts ?? 0;
        AtomicFile.WriteText(Path, Note(Failed, task), CanonicalJson.ToText(new TaskFailure(before + 1, line)));
        OwnFiles.Delete(Path, Note(Done, task));
        OwnFiles.Delete(Path, Note(Started, task));
    }

    /// <summary>Notes that a task is done, by the hashes of all that it made.</summary>
    internal void NoteDone(int task, CancellationToken cancellation)
    {
        var folder = System.IO.Path.Combine(Path, TaskFolders, Name(task));
        OwnFiles.CreateFolder(folder, Out);
        var files = FolderEntry.Below(folder).Where(entry => entry.Kind == FileKind.Plain).Select(entry =>
        {
            cancellation.ThrowIfCancellationRequested();
            return new EvidenceFile(
                entry.Name, new FileInfo(System.IO.Path.Combine(folder, entry.Name)).Length, PlainFile.Hash(folder, entry.Name));
        });
        AtomicFile.WriteText(Path, Note(Done, task), CanonicalJson.ToText(new TaskCompletion(task, Hash, [.. files])));
        OwnFiles.Delete(Path, Note(Failed, task));
        OwnFiles.Delete(Path, Note(Started, task));
    }

    /// <summary>Why what a finished task made cannot be used, the end of a sentence; null where it is as it was.</summary>
    internal string? Fault(int task, CancellationToken cancellation)
    {
        try
        {
            var note = CanonicalJson.Read<TaskCompletion>(Path, Note(Done, task));
            if (note.Task != task || note.PlanSha256 != Hash) return "its completion file is of another plan";
            var folder = System.IO.Path.Combine(Path, TaskFolders, Name(task));
            foreach (var file in note.Files)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!PlainFile.Is(folder, file.Path, file.Sha256)) return $"{file.Path} is not as it was when the task ended";
            }

            return null;
        }
        catch (Exception error) when (error is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return error.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>What a finished task made, below its folder.</summary>
    internal IEnumerable<EvidenceFile> FilesOf(int task) => CanonicalJson.Read<TaskCompletion>(Path, Note(Done, task)).Files
        .Select(file => file with { Path = file.Path[(Out.Length + 1)..] });

    private static WorkPlan Read(string folder)
    {
        var plan = CanonicalJson.Read<WorkPlan>(folder, WorkPlan.FileName);
        return plan.FormatVersion == WorkPlan.CurrentFormatVersion ? plan.Validated() : throw new UserErrorException(
            $"{folder} holds a plan of form {plan.FormatVersion}; this build knows {WorkPlan.CurrentFormatVersion}. Use the build that "
            + "wrote it, or make the plan again.");
    }

    private static string Name(int task) => FormattableString.Invariant($"{task:D6}");

    private static string Note(string kind, int task) => $"{kind}/{Name(task)}.json";

    private FileStream? TryTake(int task)
    {
        try
        {
            return OwnFiles.Open(Path, $"{TaskFolders}/{Name(task)}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private HashSet<int> Noted(string kind)
    {
        var folder = System.IO.Path.Combine(Path, kind);
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder, "*.json")
            .Select(file => int.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), out var task) ? task : 0)];
    }

    private TaskReport FailedTask(int task) => FailureOf(task) is { } failure
        ? new TaskReport(task, TaskState.Failed, failure.Line, failure.Attempts) : new TaskReport(task, TaskState.Missing);

    // The lock tells a task that runs from one that was killed, on one machine and wherever the file system carries locks.
    private TaskReport StartedTask(int task)
    {
        using (var free = TryTake(task)) if (free is null) return new TaskReport(task, TaskState.Running);
        if (IsDone(task)) return new TaskReport(task, TaskState.Done);
        var attempts = (FailureOf(task)?.Attempts ?? 0) + 1;
        return ReadNote<TaskStart>(Started, task) is { } start
            ? new TaskReport(task, TaskState.Failed, start.EndedWithoutAWord, attempts) : FailedTask(task);
    }

    private TaskFailure? FailureOf(int task) => ReadNote<TaskFailure>(Failed, task);

    // Gone, or half a file of a broken disk: no note.
    private T? ReadNote<T>(string kind, int task)
        where T : class
    {
        try
        {
            return PlainFile.IsThere(Path, Note(kind, task)) ? CanonicalJson.Read<T>(Path, Note(kind, task)) : null;
        }
        catch (UserErrorException)
        {
            return null;
        }
    }
}

/// <summary>Where a task began.</summary>
/// <param name="Host">The machine.</param>
/// <param name="Job">The scheduler's number of it; null without one.</param>
internal sealed record TaskStart(string Host, string? Job)
{
    /// <summary>What is said of one of which nothing more was heard.</summary>
    internal string EndedWithoutAWord =>
        $"ended without a word on {Host}{(Job is null ? "" : $", job {Job}")}: killed, or out of memory or time";
}

/// <summary>How a task ended badly.</summary>
/// <param name="Attempts">How often so far.</param>
/// <param name="Line">The last line that it said.</param>
internal sealed record TaskFailure(int Attempts, string Line);

/// <summary>What a task made.</summary>
/// <param name="Task">Its number.</param>
/// <param name="PlanSha256">Hash of the plan.</param>
/// <param name="Files">Its files, below its folder.</param>
internal sealed record TaskCompletion(int Task, string PlanSha256, IReadOnlyList<EvidenceFile> Files);
