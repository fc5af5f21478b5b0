using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- --filter '*Rendering*'
BenchmarkSwitcher.FromAssembly(typeof(ForensicHeads.Benchmarks.Rendering).Assembly).Run(args);
