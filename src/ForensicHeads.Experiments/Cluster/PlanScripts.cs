using System.Globalization;
using System.Text;

namespace ForensicHeads.Experiments.Cluster;

/// <summary>The scripts of a plan for Slurm.</summary>
internal static class PlanScripts
{
    /// <summary>Name of the script of the tasks.</summary>
    public const string Array = "array.sh";

    /// <summary>Name of the script of the merge.</summary>
    public const string Merge = "merge.sh";

    /// <summary>Folder of what Slurm writes of the jobs.</summary>
    public const string Logs = "logs";

    // The default of MaxArraySize is 1001; an array that is larger comes from 'cluster retry', which asks.
    private const int UsualMost = 1000;

    /// <summary>The script of the tasks. Its index is a task; above Slurm's largest index, an offset comes as the first word.</summary>
    public static string ArrayText(WorkPlan plan, string folder, PlanSite site, IReadOnlyList<string> program)
    {
        var most = Math.Min(plan.Tasks, UsualMost);
        var atOnce = site.AtOnce is { } limit ? $"%{limit}" : "";
        return Text(plan, folder, site, $"{plan.JobName()}-0", "%A_%a",
            [string.Create(CultureInfo.InvariantCulture, $"#SBATCH --array=1-{most}{atOnce}"), "#SBATCH --requeue"],
            $"exec {Start(site, program)} cluster run {Quoted(folder)} --task \"$((SLURM_ARRAY_TASK_ID + ${{1:-0}}))\"");
    }

    /// <summary>The script that puts the results together.</summary>
    public static string MergeText(WorkPlan plan, string folder, PlanSite site, IReadOnlyList<string> program) =>
        Text(plan, folder, site, $"{plan.JobName()}-merge", "merge-%j", [], $"exec {Start(site, program)} cluster merge {Quoted(folder)}");

    private static string Text(WorkPlan plan, string folder, PlanSite site, string name, string output, string[] own, string command)
    {
        var text = new StringBuilder("#!/bin/bash\n");
        string?[] options =
        [
            $"#SBATCH --job-name={name}", $"#SBATCH --output=\"{Sbatch(folder)}/{Logs}/{output}.out\"", "#SBATCH --open-mode=append",
            .. own,
            Option("partition", site.Partition), Option("account", site.Account), Option("time", site.Time),
            Option("cpus-per-task", site.Cpus?.ToString(CultureInfo.InvariantCulture)), Option("mem", site.Memory),
            .. site.Sbatch.Select(option => $"#SBATCH {option}"), .. site.Lines, $"cd {Quoted(plan.Folder)} || exit 1", command,
        ];
        foreach (var line in options.OfType<string>()) text.Append(line).Append('\n');
        return text.ToString();
    }

    private static string? Option(string name, string? value) => value is null ? null : $"#SBATCH --{name}={value}";

    private static string Start(PlanSite site, IReadOnlyList<string> program) => site.Command ?? string.Join(' ', program.Select(Quoted));

    // A word for the shell, whatever is in it.
    private static string Quoted(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    // To Slurm, % begins a number of its own.
    private static string Sbatch(string path) => path.Replace("%", "%%", StringComparison.Ordinal);
}
