using BenchmarkDotNet.Running;
using ForensicHeads.Benchmarks;
using ForensicHeads.Benchmarks.Generation;

// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- --filter '*Rendering*'
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- training 5
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- generation
if (args is ["training", .. var training]) return TrainingSpeed.Run(training);
if (args is ["generation", .. var generation]) return GenerationSpeed.Run(generation);
BenchmarkSwitcher.FromAssembly(typeof(ForensicHeads.Benchmarks.Rendering).Assembly).Run(args);
return 0;
