import 'ol/ol.css'
import 'uplot/dist/uPlot.min.css'
import './style.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { startTheme } from './parts/theme.svelte'
import { remembered, speak } from './words/language.svelte'

startTheme()
await speak(remembered())
const target = document.getElementById('app')
if (target === null) throw new Error('index.html has no #app')
mount(App, { target })
