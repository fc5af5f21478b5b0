using System.Reflection;
using System.Runtime.InteropServices;

namespace ForensicHeads.Experiments;

/// <summary>What the numbers were computed with; holds no path and no host name.</summary>
internal static class ExperimentEnvironment
{
    /// <summary>Version of the toolkit.</summary>
    public static string ToolVersion { get; } = Version(typeof(ExperimentRunner));

    public static IReadOnlyList<ReportFact> Facts(Compute? compute = null, NvidiaCard? card = null) =>
    [
        new("forensicheads", ToolVersion),
        new(".net", Environment.Version.ToString()),
        new("operating system", RuntimeInformation.OSDescription),
        new("architecture", RuntimeInformation.ProcessArchitecture.ToString()),
        new("cores", Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("device", (compute ?? Compute.Cpu).Name),
        .. card is null ? [] : new[] { new ReportFact("card", card.ToString()) },
        new("torchsharp", Version(typeof(TorchRuntime).Assembly.GetReferencedAssemblies(), "TorchSharp")),
        new("microsoft.ml", SavedDetector.ToolVersions()["microsoft.ml"]),
    ];

    private static string Version(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "unknown";

    private static string Version(AssemblyName[] assemblies, string name) =>
        assemblies.FirstOrDefault(assembly => assembly.Name == name)?.Version?.ToString() ?? "unknown";
}
