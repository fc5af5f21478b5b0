using BenchmarkDotNet.Running;
using ForensicHeads.Benchmarks;

// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- --filter '*Rendering*'
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- training 5
if (args is ["training", .. var training]) return TrainingSpeed.Run(training);
BenchmarkSwitcher.FromAssembly(typeof(ForensicHeads.Benchmarks.Rendering).Assembly).Run(args);
return 0;
